// Where people type: messages, slash commands with their hints, @people and #channels.

import { act, channel, user } from "./acts.js";
import { fold } from "./picker.js";

const directory = JSON.parse(document.getElementById("directory").textContent);
const form = document.getElementById("composer");
const box = document.getElementById("message-text");
const list = document.getElementById("suggestions");
const usage = document.getElementById("composer-usage");
const invite = { command: "/invite", description: "Add someone, or the app, to this conversation", usage_hint: "@someone" };
const commands = [...directory.commands, invite];
let offered = []; // { insert, from, title, note, hint }
let index = 0;

const commandOf = (text) => commands.find((known) => known.command === text.split(/\s/, 1)[0].toLowerCase());

function suggestions() {
  const before = box.value.slice(0, box.selectionStart);
  const slash = /^\/\S*$/.exec(before);
  if (slash) return commands.filter((known) => known.command.startsWith(before.toLowerCase())).map(commandLine);
  const at = /(?:^|\s)([@#])([^\s@#]*)$/.exec(before);
  if (!at) return [];
  const from = before.length - at[2].length - 1;
  return at[1] === "@" ? peopleLines(at[2], from) : channelLines(at[2], from);
}

function commandLine(known) {
  return { insert: `${known.command} `, from: 0, title: known.command, hint: known.usage_hint, note: known.description };
}

function peopleLines(query, from) {
  const words = fold(query);
  const found = directory.people.filter((person) => fold(`${person.name} ${person.real}`).includes(words));
  return found.slice(0, 8).map((person) => ({
    insert: `@${person.name} `,
    from,
    title: person.name,
    note: person.real === person.name ? "" : person.real,
  }));
}

function channelLines(query, from) {
  const found = directory.channels.filter((place) => place.name.includes(query.toLowerCase()));
  return found.slice(0, 8).map((place) => ({ insert: `#${place.name} `, from, title: `#${place.name}`, note: "" }));
}

function draw() {
  offered = suggestions();
  index = 0;
  list.hidden = !offered.length;
  list.replaceChildren(...offered.map(line));
  point(0);
  const known = commandOf(box.value);
  usage.textContent = known && !offered.length ? `${known.command} ${known.usage_hint}` : "";
  form.classList.toggle("has-usage", Boolean(usage.textContent));
  form.querySelector(".send").disabled = !box.value.trim();
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function line(offer, number) {
  const made = document.createElement("li");
  made.setAttribute("role", "option");
  made.id = `suggestion-${number}`;
  for (const [kind, words] of [["b", offer.title], ["code", offer.hint], ["span", offer.note]]) {
    if (!words) continue;
    const part = document.createElement(kind);
    part.textContent = words;
    made.append(part, " ");
  }
  made.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(offer);
  });
  return made;
}

function point(number) {
  index = number;
  [...list.children].forEach((made, at) => made.setAttribute("aria-selected", String(at === number)));
  list.children[number]?.scrollIntoView({ block: "nearest" });
  if (offered.length) box.setAttribute("aria-activedescendant", `suggestion-${number}`);
  else box.removeAttribute("aria-activedescendant");
}

function take(offer) {
  const end = box.selectionStart;
  box.setRangeText(offer.insert, offer.from, end, "end");
  box.focus();
  draw();
}

// Whether all of an offer has been typed already, so that Enter may send it.
function isWhole(offer) {
  const typed = box.value.slice(offer.from, box.selectionStart);
  return fold(typed) === fold(offer.insert);
}

function onKey(event) {
  if (event.isComposing) return;
  const complete = offered.length && isWhole(offered[index]);
  if (offered.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    point((index + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length);
  } else if (offered.length && event.key === "Escape") {
    event.preventDefault();
    hideSuggestions();
  } else if (offered.length && (event.key === "Tab" || (event.key === "Enter" && !complete)) && !event.shiftKey) {
    event.preventDefault();
    take(offered[index]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}

function hideSuggestions() {
  offered = [];
  list.hidden = true;
  box.removeAttribute("aria-activedescendant");
}

async function send() {
  const text = box.value.trim();
  if (!text) return;
  const kept = box.value;
  box.value = "";
  draw();
  const result = await post(text);
  if (result && !result.ok && !result.shown && !box.value) {
    box.value = kept;
    draw();
  }
}

function post(text) {
  if (!text.startsWith("/")) return act("message", { channel, user, text });
  const command = text.split(/\s/, 1)[0];
  return act("command", { channel, user, command, text: text.slice(command.length).trim() });
}

export function begin(text) {
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  draw();
}

export function listen() {
  if (!form) return;
  box.addEventListener("input", draw);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", hideSuggestions);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  draw();
  if (matchMedia("(hover: hover)").matches && !document.querySelector("dialog[open]")) box.focus({ preventScroll: true });
}
