// Puts new server-drawn markup in place of old, keeping every keyed piece that has not changed: the cursor, an open
// menu and what was typed stay where they are.

import { chosenOf, setChosen } from "./picker.js";

export function morph(container, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = [...made.content.children];
  const old = new Map([...container.children].map((piece) => [piece.dataset.key, piece]));
  const kept = fresh.map((piece) => keptOrNew(old.get(piece.dataset.key), piece));
  kept.forEach((piece, index) => {
    if (container.children[index] !== piece) container.insertBefore(piece, container.children[index] || null);
  });
  while (container.children.length > kept.length) container.lastElementChild.remove();
}

function keptOrNew(old, fresh) {
  if (!old) return fresh;
  if (old.dataset.hash === fresh.dataset.hash) return old;
  carryOver(old, fresh);
  return fresh;
}

// What a person typed or chose survives when the app draws the same element again, as on Slack.
function carryOver(old, fresh) {
  const same = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : "";
  for (const control of fresh.querySelectorAll(".control[data-action-id]")) {
    const before = [...old.querySelectorAll(".control")].find(
      (candidate) => candidate.dataset.actionId === control.dataset.actionId && candidate.dataset.kind === control.dataset.kind,
    );
    if (before) carryControl(before, control);
  }
  if (same) queueMicrotask(() => document.getElementById(same)?.focus({ preventScroll: true }));
}

function carryControl(before, control) {
  const picker = before.querySelector(".picker");
  if (picker) {
    if (picker.changed) setChosen(control.querySelector(".picker"), chosenOf(picker));
    return;
  }
  const from = before.querySelectorAll("input, textarea");
  const to = control.querySelectorAll("input, textarea");
  from.forEach((field, index) => {
    if (!to[index]) return;
    if (field.checked !== field.defaultChecked) to[index].checked = field.checked;
    if (field.type !== "checkbox" && field.type !== "radio" && field.value !== field.defaultValue) to[index].value = field.value;
  });
}
