// The quick switcher (Ctrl+K) over conversations and people, and the list of people one can be.

import { fragment } from "./acts.js";
import { fold } from "./picker.js";

const dialog = document.getElementById("palette");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-list");
const here = document.body.dataset;
let index = 0;
let peopleOnly = false;

function places() {
  return [...document.querySelectorAll("#sidebar .line")].map((line) => {
    const made = document.createElement("li");
    made.setAttribute("role", "option");
    made.dataset.href = line.getAttribute("href");
    made.dataset.words = line.dataset.name;
    const mark = line.firstElementChild.cloneNode(true);
    const words = document.createElement("b");
    words.textContent = line.dataset.name.replace(/^#/, "");
    made.append(mark, words);
    return made;
  });
}

function people() {
  const lines = [...document.getElementById("people").content.cloneNode(true).children];
  for (const line of lines) line.dataset.href = addressOf(line.dataset.person);
  return lines;
}

function addressOf(person) {
  const tab = here.tab === "home" ? "&tab=home" : "";
  return `/?user=${person}&channel=${here.channel}${tab}`;
}

function heading(words) {
  const made = document.createElement("li");
  made.className = "palette-group";
  made.setAttribute("role", "presentation");
  made.textContent = words;
  return made;
}

const matching = (lines, query) => lines.filter((line) => fold(line.dataset.words).includes(query));

function draw(keep = -1) {
  const query = fold(input.value.replace(/^[#@]/, ""));
  const going = peopleOnly ? [] : matching(places(), query);
  const being = matching(people(), query);
  const lines = [];
  if (going.length) lines.push(heading("Go to"), ...going);
  if (being.length) lines.push(...(peopleOnly ? [] : [heading("Be someone else")]), ...being);
  if (!lines.length) lines.push(heading("Nobody and nothing by that name"));
  list.replaceChildren(...lines);
  options().forEach((line, number) => (line.id = `palette-${number}`));
  const me = options().findIndex((line) => line.getAttribute("aria-current"));
  if (keep >= 0) point(Math.min(keep, options().length - 1));
  else point(peopleOnly && !query && me > 0 ? me : 0);
}

const options = () => [...list.querySelectorAll("[role=option]")];

function point(number) {
  index = number;
  options().forEach((line, at) => {
    line.setAttribute("aria-selected", String(at === number));
    if (at !== number) return;
    line.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", line.id);
  });
}

function go(line) {
  if (line) location.assign(line.dataset.href);
}

function onKey(event) {
  const count = options().length;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
    event.preventDefault();
    point((index + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
  } else if (event.key === "Enter") {
    event.preventDefault();
    go(options()[index]);
  }
}

export function open(onlyPeople) {
  peopleOnly = onlyPeople;
  const words = onlyPeople ? "Who do you want to be?" : "Jump to a conversation, or be someone else";
  input.placeholder = words;
  input.setAttribute("aria-label", words);
  dialog.setAttribute("aria-label", words);
  input.value = "";
  if (!dialog.open) dialog.showModal();
  draw();
  input.focus();
  fragment("people").then((html) => {
    document.getElementById("people").innerHTML = html;
    if (dialog.open) draw(index);
  });
}

export function listen() {
  document.getElementById("switch-person").addEventListener("click", () => open(true));
  document.getElementById("open-switcher").addEventListener("click", () => open(false));
  input.addEventListener("input", () => draw());
  dialog.addEventListener("keydown", onKey);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("#palette-close")) dialog.close();
    else go(event.target.closest("[role=option]"));
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (dialog.open) dialog.close();
      else open(false);
    }
  });
}
