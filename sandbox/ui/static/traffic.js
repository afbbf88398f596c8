// The drawer with everything Slack and the app say to each other, newest last.

import { fragment } from "./acts.js";
import { fold } from "./picker.js";

const drawer = document.getElementById("traffic");
const lines = document.getElementById("traffic-lines");
const filter = document.getElementById("traffic-filter");
const opener = document.getElementById("open-traffic");
const MOST = 400;
let last = 0;
let busy = false;
let again = false;

export async function refresh() {
  if (drawer.hidden) return;
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  const made = document.createElement("template");
  made.innerHTML = await fragment("log", { since: last });
  add([...made.content.children]);
  busy = false;
  if (again) {
    again = false;
    setTimeout(refresh, 300);
  }
}

function add(entries) {
  if (!entries.length) {
    if (!lines.children.length) lines.innerHTML = '<p class="traffic-empty">Nothing yet. Type a command or press a button.</p>';
    return;
  }
  lines.querySelector(".traffic-empty")?.remove();
  const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60;
  last = Number(entries.at(-1).dataset.n);
  entries.forEach(sift);
  lines.append(...entries);
  while (lines.children.length > MOST) lines.firstElementChild.remove();
  if (atEnd) lines.scrollTop = lines.scrollHeight;
}

function sift(entry) {
  entry.hidden = !fold(entry.dataset.words).includes(fold(filter.value));
}

function show(open) {
  drawer.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  localStorage.setItem("traffic", open ? "open" : "");
  if (open) refresh().then(() => (lines.scrollTop = lines.scrollHeight));
}

export function listen() {
  opener.addEventListener("click", () => show(drawer.hidden));
  document.getElementById("close-traffic").addEventListener("click", () => {
    show(false);
    opener.focus();
  });
  filter.addEventListener("input", () => [...lines.querySelectorAll(".entry")].forEach(sift));
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
  });
  if (localStorage.getItem("traffic") && innerWidth > 900) show(true);
}
