// The topmost modal: opened, changed and closed as the app says, submitted as the person says.

import { act, fragment, user } from "./acts.js";
import { valueOf, valuesIn } from "./controls.js";
import { latest } from "./latest.js";
import { morph } from "./morph.js";
import { hide, prepare } from "./picker.js";

const dialog = document.getElementById("modal");
const form = () => dialog.querySelector("form.view");

export const refresh = latest(async () => show(await fragment("view")));

function show(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = made.content.querySelector("form.view");
  if (!fresh) return close();
  const old = form();
  if (old?.dataset.viewId === fresh.dataset.viewId) amend(old, fresh);
  else {
    hide();
    dialog.replaceChildren(fresh);
    dialog.setAttribute("aria-labelledby", "view-title");
    begin();
  }
  if (!dialog.open) {
    dialog.showModal();
    begin();
  }
}

// The same view drawn anew, after an update or a refusal.
function amend(old, fresh) {
  const settled = old.dataset.hash !== fresh.dataset.hash;
  for (const part of [".view-head h2", ".view-foot"]) {
    const now = old.querySelector(part);
    const then = fresh.querySelector(part);
    if (now.textContent !== then.textContent) now.replaceWith(then);
  }
  old.dataset.hash = fresh.dataset.hash;
  if (settled) waiting(old, false); // what follows may be sent before the answer to what was sent has come
  const hadFocus = dialog.contains(document.activeElement) && document.activeElement !== dialog;
  morph(old.querySelector(".view-blocks"), fresh.querySelector(".view-blocks").innerHTML);
  prepare(old);
  const lost = !dialog.contains(document.activeElement) || document.activeElement === dialog;
  if (settled && (lost || !hadFocus)) focusFirst();
}

function begin() {
  prepare(dialog);
  if (dialog.open) focusFirst();
}

function focusFirst() {
  const fields = ".view-blocks :is(input, textarea, select)";
  const first = dialog.querySelector("[data-autofocus]") || dialog.querySelector(fields) || dialog.querySelector(".view-submit, .view-cancel");
  first?.focus({ preventScroll: true }); // a lesson is read from its beginning
}

function close() {
  if (!dialog.open) return;
  hide();
  dialog.close();
  dialog.replaceChildren();
  document.getElementById("message-text")?.focus({ preventScroll: true });
}

// What Slack says when a submission failed belongs into the modal. True when it was taken.
export function takeNotice(text) {
  const place = dialog.querySelector(".view.is-waiting .view-trouble");
  if (!place) return false;
  place.textContent = text;
  place.hidden = false;
  return true;
}

// What Slack itself checks before it asks the app.
function problemOf(field) {
  const control = field.querySelector(".control");
  const { type, ...value } = valueOf(control);
  const held = Object.values(value)[0];
  const empty = held === null || held === "" || (Array.isArray(held) && !held.length);
  if (empty) return field.dataset.optional === "yes" ? "" : "Please complete this required field.";
  const input = control.querySelector("input, textarea");
  const least = Number(input?.dataset.minLength || 0);
  if (least && String(held).length < least) return `Please enter at least ${least} characters.`;
  if (type === "number_input" && !input.validity.valid) return input.validationMessage;
  if (type === "email_text_input" && !input.validity.valid) return "Please enter a valid email address.";
  return type === "url_text_input" && !input.validity.valid ? "Please enter a valid link." : "";
}

function checked(view) {
  let first = null;
  for (const field of view.querySelectorAll(".field")) {
    const problem = problemOf(field);
    mark(field, problem);
    if (problem && !first) first = field;
  }
  first?.querySelector("input, textarea, select")?.focus();
  return !first;
}

function mark(field, problem) {
  field.classList.toggle("field-refused", Boolean(problem));
  field.querySelector(".field-error").textContent = problem;
  for (const input of field.querySelectorAll("input, textarea")) input.toggleAttribute("aria-invalid", Boolean(problem));
}

// What was refused is being changed. Refused again in the same words, the field is drawn again: it no longer shows them.
function forgive(event) {
  const field = event.target.closest(".field-refused");
  if (!field) return;
  mark(field, "");
  field.closest("[data-key]").dataset.forgiven = "yes";
}

function drawAgain(view) {
  for (const piece of view.querySelectorAll("[data-forgiven]")) piece.dataset.hash = "";
}

let sent = 0;

async function submit(view) {
  if (view.classList.contains("is-waiting") || !checked(view)) return;
  const mine = (sent += 1);
  waiting(view, true);
  dialog.querySelector(".view-trouble").hidden = true;
  await act("submit-view", { user, values: valuesIn(view) });
  drawAgain(view);
  await refresh();
  // A notice of failure travels by another way than the answer.
  setTimeout(() => mine === sent && waiting(view, false), 150);
  dialog.querySelector(".field-refused :is(input, textarea)")?.focus();
}

function waiting(view, on) {
  view.classList.toggle("is-waiting", on);
  const button = view.querySelector(".view-submit");
  if (button) button.disabled = on;
}

// One press of Escape in a date field cancels the dialog several times.
let leaving = false;

async function leave() {
  if (leaving) return;
  leaving = true;
  await act("close-view", { user });
  await refresh();
  leaving = false;
}

export function listen() {
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest(".view-close, .view-cancel")) leave();
  });
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    leave();
  });
  dialog.addEventListener("input", forgive);
  dialog.addEventListener("picked", forgive);
  if (form()) {
    dialog.setAttribute("aria-labelledby", "view-title");
    dialog.showModal();
    begin();
  }
}
