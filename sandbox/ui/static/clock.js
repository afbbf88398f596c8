// The workspace's clock: what it shows, skipping ahead, and how far a skip has come.

import { act, look, toast } from "./acts.js";
import { sure } from "./confirm.js";

const tz = document.body.dataset.tz;
const face = document.getElementById("clock-now");
const bar = document.getElementById("progress");
const buttons = document.getElementById("clock-buttons");
let shown = Date.parse(document.body.dataset.now);
let since = performance.now();
let began = 0;

const day = new Intl.DateTimeFormat("en-GB", { timeZone: tz, weekday: "short", day: "numeric", month: "short", year: "numeric" });
const time = new Intl.DateTimeFormat("en-GB", { timeZone: tz, hour: "2-digit", minute: "2-digit" });
const dayWords = (moment) => day.format(moment).replace(",", "");

function tick() {
  const now = new Date(shown + performance.now() - since);
  face.dateTime = now.toISOString();
  face.innerHTML = "";
  const date = document.createElement("span");
  date.textContent = dayWords(now);
  const hour = document.createElement("b");
  hour.textContent = time.format(now);
  face.append(date, " ", hour);
}

function set(instant) {
  shown = Date.parse(instant);
  since = performance.now();
  tick();
}

export const isRunning = () => Boolean(began);

// A change of kind "clock": { now, to, running }. True once a skip has ended.
export function changed(change) {
  const wasRunning = Boolean(began);
  set(change.now);
  if (change.running) progress(change);
  else stop();
  return !change.running || !wasRunning;
}

function progress({ now, to }) {
  began ||= Date.parse(now);
  const whole = Math.max(1, Date.parse(to) - began);
  const done = Date.parse(now) - began;
  bar.hidden = false;
  bar.querySelector("progress").value = Math.round((100 * done) / whole);
  const days = (span) => Math.round(span / 86_400_000);
  const count = days(whole) > 1 ? ` · day ${days(done)} of ${days(whole)}` : "";
  bar.querySelector(".progress-words").textContent = `Skipping ahead: ${dayWords(Date.parse(now))}${count}`;
  hold();
}

// Nobody skips, or starts over, while time moves: a second press would be refused.
function hold() {
  for (const button of buttons.querySelectorAll("[data-skip], #reset")) button.disabled = true;
}

function stop() {
  began = 0;
  bar.hidden = true;
  for (const button of buttons.querySelectorAll("button")) button.disabled = false;
}

async function skip(button) {
  fold(false);
  hold();
  try {
    await leap(button.dataset.skip);
  } finally {
    stop();
  }
  document.dispatchEvent(new CustomEvent("travelled"));
}

async function leap(where) {
  const now = new Date(shown + performance.now() - since).toISOString();
  const answer = await fetch(`/ui/clock?${look()}`);
  const to = (await answer.json())[where];
  began = 0;
  progress({ now, to });
  const result = await act("clock", { to });
  if (result.now) set(result.now);
  if (result.ok) toast(`It is now ${dayWords(shown)}, ${time.format(shown)}.`, "time");
}

async function reset() {
  fold(false);
  const agreed = await sure("Start over?", "Everything said and done since the beginning is forgotten, by the workspace and by the app.", "Start over");
  if (!agreed) return;
  const result = await act("reset", {});
  if (result.ok) location.assign(`/?user=${document.body.dataset.user}`);
}

// On a narrow screen the buttons are behind the clock's face.
function fold(open) {
  buttons.classList.toggle("is-open", open);
  document.getElementById("clock-face").setAttribute("aria-expanded", String(open));
}

export function listen() {
  tick();
  setInterval(tick, 5000);
  for (const button of buttons.querySelectorAll("[data-skip]")) button.addEventListener("click", () => skip(button));
  document.getElementById("reset").addEventListener("click", reset);
  document.getElementById("open-traffic").addEventListener("click", () => fold(false));
  document.getElementById("clock-face").addEventListener("click", () => fold(!buttons.classList.contains("is-open")));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".clock")) fold(false);
  });
}
