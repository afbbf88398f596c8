// Every select of Block Kit as one combobox: own options, the app's (external), people, channels and conversations.

import { act, user } from "./acts.js";

const directory = JSON.parse(document.getElementById("directory").textContent);
let open = null; // { picker, input, list, shown, index }
let waiting = 0;

export function chosenOf(picker) {
  if (!picker.chosen) picker.chosen = JSON.parse(picker.dataset.chosen || "[]");
  return picker.chosen;
}

export function setChosen(picker, choices) {
  picker.chosen = choices;
  picker.changed = true;
  drawChosen(picker);
}

function isMulti(picker) {
  return picker.dataset.multi === "yes";
}

function drawChosen(picker) {
  const input = picker.querySelector("input");
  const chosen = chosenOf(picker);
  if (!isMulti(picker)) {
    input.value = chosen[0]?.label || "";
    return;
  }
  input.value = "";
  picker.querySelector(".chips").replaceChildren(...chosen.map((choice) => chip(picker, choice)));
}

function chip(picker, choice) {
  const made = document.createElement("span");
  made.className = "chip";
  made.textContent = choice.label;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `Remove ${choice.label}`);
  remove.addEventListener("click", () => {
    setChosen(picker, chosenOf(picker).filter((other) => other.value !== choice.value));
    tell(picker);
    picker.querySelector("input").focus();
  });
  made.append(remove);
  return made;
}

export function prepare(root) {
  for (const picker of root.querySelectorAll(".picker")) if (!picker.chosen) drawChosen(picker);
}

function tell(picker) {
  picker.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
}

// Where the entries come from

function workspaceChoices(source) {
  const people = directory.people.map((person) => ({
    value: person.id,
    label: person.name,
    description: person.real === person.name ? "" : person.real,
  }));
  const channels = directory.channels.map((place) => ({ value: place.id, label: `#${place.name}`, description: "" }));
  if (source === "people") return people;
  return source === "channels" ? channels : [...channels, ...people];
}

async function found(picker, query) {
  const source = picker.dataset.source;
  if (source === "external") return asked(picker, query);
  const all = source === "static" ? JSON.parse(picker.dataset.choices) : workspaceChoices(source);
  const words = fold(query);
  return all.filter((choice) => fold(`${choice.label} ${choice.description || ""}`).includes(words));
}

async function asked(picker, query) {
  const control = picker.closest(".control");
  const view = control.closest("[data-view-id]")?.dataset.viewId;
  const answer = await act("options", {
    user,
    action_id: control.dataset.actionId,
    block_id: control.dataset.blockId,
    value: query,
    ...(view ? {} : placeOf(control)),
  });
  const groups = answer.option_groups || [{ options: answer.options || [] }];
  return groups.flatMap((group) =>
    (group.options || []).map((raw) => ({
      value: raw.value,
      label: raw.text.text,
      description: raw.description?.text || "",
      group: group.label?.text || "",
      raw,
    })),
  );
}

function placeOf(control) {
  const message = control.closest("[data-ts]");
  return message ? { channel: document.body.dataset.channel, messageTs: message.dataset.ts } : {};
}

export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

// The list

async function show(picker, query) {
  const input = picker.querySelector("input");
  const list = picker.querySelector("ul");
  if (open?.picker !== picker) hide();
  open = { picker, input, list, shown: open?.picker === picker ? open.shown : [], index: -1 };
  input.setAttribute("aria-expanded", "true");
  if (!list.matches(":popover-open")) list.showPopover();
  place(input, list);
  const external = picker.dataset.source === "external";
  const least = Number(picker.dataset.minQuery);
  if (external && query.length < least) return say(list, `Type at least ${least} character${least === 1 ? "" : "s"} to search`);
  if (external) say(list, "Loading…");
  const turn = (waiting += 1);
  const choices = await found(picker, query);
  if (turn === waiting && open?.picker === picker) draw(choices);
}

function say(list, words) {
  const line = document.createElement("li");
  line.className = "list-words";
  line.textContent = words;
  list.replaceChildren(line);
  open.shown = [];
  place(open.input, list);
}

function draw(choices) {
  const { picker, list } = open;
  const taken = new Set(isMulti(picker) ? chosenOf(picker).map((choice) => choice.value) : []);
  open.shown = choices.filter((choice) => !taken.has(choice.value)).slice(0, 100);
  if (!open.shown.length) return say(list, "No results");
  let group = "";
  const lines = [];
  open.shown.forEach((choice, index) => {
    if (choice.group && choice.group !== group) lines.push(groupLine((group = choice.group)));
    lines.push(optionLine(choice, index));
  });
  list.replaceChildren(...lines);
  const current = chosenOf(picker)[0]?.value;
  const start = open.shown.findIndex((choice) => choice.value === current);
  point(isMulti(picker) || start < 0 ? 0 : start);
  place(open.input, list);
}

function groupLine(label) {
  const line = document.createElement("li");
  line.className = "list-group";
  line.setAttribute("role", "presentation");
  line.textContent = label;
  return line;
}

function optionLine(choice, index) {
  const line = document.createElement("li");
  line.id = `${open.list.id}-${index}`;
  line.setAttribute("role", "option");
  line.dataset.index = index;
  line.textContent = choice.label;
  if (choice.description) {
    const small = document.createElement("small");
    small.textContent = choice.description;
    line.append(small);
  }
  return line;
}

function point(index) {
  open.index = index;
  for (const line of open.list.querySelectorAll("[role=option]")) {
    const here = Number(line.dataset.index) === index;
    line.setAttribute("aria-selected", String(here));
    if (here) {
      open.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    }
  }
}

function place(input, list) {
  const box = input.closest(".picker").getBoundingClientRect();
  const below = innerHeight - box.bottom - 12;
  const height = Math.min(280, Math.max(below, box.top - 12));
  list.style.maxHeight = `${height}px`;
  list.style.minWidth = `${box.width}px`;
  list.style.left = `${Math.min(box.left, innerWidth - Math.min(Math.max(box.width, list.offsetWidth), innerWidth))}px`;
  const above = below < Math.min(list.offsetHeight, 160) && box.top > below;
  list.style.top = above ? `${box.top - list.offsetHeight - 4}px` : `${box.bottom + 4}px`;
}

export function hide() {
  if (!open) return;
  const { input, list, picker } = open;
  open = null;
  waiting += 1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  if (list.matches(":popover-open")) list.hidePopover();
  settle(picker, input);
}

// Leaving: what was half typed goes; an emptied single choice in a form is no choice.
function settle(picker, input) {
  const emptied = !input.value && chosenOf(picker).length && !isMulti(picker) && picker.closest(".field");
  if (emptied) {
    setChosen(picker, []);
    tell(picker);
  } else drawChosen(picker);
}

function choose(index) {
  const { picker, input } = open;
  const choice = open.shown[index];
  if (!choice) return;
  const most = Number(picker.dataset.max) || Infinity;
  const chosen = isMulti(picker) ? [...chosenOf(picker), choice].slice(0, most) : [choice];
  setChosen(picker, chosen);
  hide();
  input.focus();
  tell(picker);
}

// What the keyboard and the mouse do

function onKey(event) {
  const picker = event.target.closest?.(".picker");
  if (!picker || event.target.getAttribute("role") !== "combobox") return;
  const isOpen = open?.picker === picker;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) return void show(picker, "");
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (open.shown.length) point((open.index + step + open.shown.length) % open.shown.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (isOpen) choose(open.index);
    else show(picker, "");
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    event.stopPropagation();
    hide();
  } else if (event.key === "Backspace" && isMulti(picker) && !event.target.value) {
    setChosen(picker, chosenOf(picker).slice(0, -1));
    tell(picker);
  }
}

let delay = 0;

function onInput(event) {
  const picker = event.target.closest?.(".picker");
  if (!picker) return;
  clearTimeout(delay);
  const wait = picker.dataset.source === "external" ? 180 : 0;
  delay = setTimeout(() => show(picker, event.target.value), wait);
}

export function listen() {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("input", onInput);
  document.addEventListener("mousedown", (event) => {
    const line = event.target.closest?.("[role=option][data-index]");
    if (line && open?.list.contains(line)) {
      event.preventDefault();
      choose(Number(line.dataset.index));
    } else if (open && !open.picker.contains(event.target)) hide();
    else if (open && open.list.contains(event.target)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const picker = event.target.closest?.(".picker");
    if (!picker || event.target.closest(".chip button, ul")) return;
    const input = picker.querySelector("input");
    input.focus();
    if (open?.picker !== picker) show(picker, "");
  });
  document.addEventListener("focusin", (event) => {
    const picker = event.target.closest?.(".picker");
    if (picker && event.target.getAttribute("role") === "combobox") event.target.select();
    if (open && picker !== open.picker) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (open && event.target === open.input && !open.picker.contains(event.relatedTarget)) hide();
  });
  document.addEventListener("scroll", () => open && place(open.input, open.list), true);
}
