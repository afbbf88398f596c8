// Reads what people press, choose and type in blocks, and tells the app at once where the block asks for it.

import { act, channel, user } from "./acts.js";
import { chosenOf } from "./picker.js";
import { confirmed } from "./confirm.js";

const elementOf = (control) => JSON.parse(control.dataset.element);
const singular = { users: "user", channels: "channel", conversations: "conversation" };

// The entry of `view.state.values` for one element.
export function valueOf(control) {
  const { type } = elementOf(control);
  if (control.dataset.kind === "menu") return { type, ...menuValue(type, control.querySelector(".picker")) };
  if (type === "radio_buttons") return { type, selected_option: ticked(control)[0] || null };
  if (type === "checkboxes") return { type, selected_options: ticked(control) };
  const field = control.querySelector("input, textarea");
  const text = field ? field.value : "";
  if (type === "datepicker") return { type, selected_date: text || null };
  if (type === "timepicker") return { type, selected_time: text || null };
  if (type === "datetimepicker") return { type, selected_date_time: text ? instant(text) : null };
  return { type, value: text === "" ? null : text };
}

function menuValue(type, picker) {
  const chosen = chosenOf(picker);
  const multi = type.startsWith("multi_");
  const base = type.replace(/^multi_/, "").replace(/_select$/, "");
  if (singular[base]) {
    const ids = chosen.map((choice) => choice.value);
    return multi ? { [`selected_${base}`]: ids } : { [`selected_${singular[base]}`]: ids[0] || null };
  }
  const options = chosen.map((choice) => choice.raw);
  return multi ? { selected_options: options } : { selected_option: options[0] || null };
}

function ticked(control) {
  return [...control.querySelectorAll("input:checked")].map((box) => JSON.parse(box.dataset.option));
}

// "2026-04-07T10:00" on the person's wall, as seconds since 1970.
function instant(wall) {
  const guess = Date.parse(`${wall}Z`);
  const shown = (moment) => {
    const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: document.body.dataset.tz, dateStyle: "short", timeStyle: "medium" });
    return Date.parse(`${parts.format(moment).replace(" ", "T")}Z`);
  };
  const first = guess - (shown(guess) - guess);
  return Math.round((first - (shown(first) - guess)) / 1000);
}

// `view.state.values` of everything in `root`; buttons and overflow menus hold nothing.
export function valuesIn(root) {
  const values = {};
  for (const control of root.querySelectorAll(".control")) {
    if (control.dataset.kind === "button" || control.dataset.kind === "overflow") continue;
    const { blockId, actionId } = control.dataset;
    (values[blockId] ||= {})[actionId] = valueOf(control);
  }
  return values;
}

// Telling the app

function target(control) {
  const surface = control.closest("[data-surface]");
  if (surface?.dataset.surface === "view") return ["view-action", { user, values: valuesIn(surface) }];
  if (surface?.dataset.surface === "home") return ["home-action", { user, values: valuesIn(surface) }];
  const message = control.closest("[data-ts]");
  return ["interact", { channel, user, messageTs: message.dataset.ts, values: valuesIn(message) }];
}

async function send(control, more) {
  const { type, action_id, value, text } = elementOf(control);
  const action = { type, action_id, block_id: control.dataset.blockId, ...more };
  if (type === "button") Object.assign(action, { text }, value === undefined ? {} : { value });
  const [path, body] = target(control);
  control.classList.add("is-waiting");
  control.setAttribute("aria-busy", "true");
  await act(path, { ...body, action });
  control.classList.remove("is-waiting");
  control.removeAttribute("aria-busy");
}

async function used(control, more) {
  if (control.classList.contains("is-waiting")) return;
  if (await confirmed(control.querySelector(":scope > template.confirm"))) await send(control, more);
}

function closeMenu(control) {
  const menu = control.querySelector(".menu");
  if (menu?.matches(":popover-open")) menu.hidePopover();
  control.querySelector(".overflow-button")?.setAttribute("aria-expanded", "false");
}

function openMenu(control) {
  const menu = control.querySelector(".menu");
  const button = control.querySelector(".overflow-button");
  menu.showPopover();
  const box = button.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
  const fits = box.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = fits ? `${box.bottom + 4}px` : `${box.top - menu.offsetHeight - 4}px`;
  button.setAttribute("aria-expanded", "true");
  menu.querySelector("[role=menuitem]").focus();
}

function onClick(event) {
  for (const menu of document.querySelectorAll(".menu:popover-open")) {
    if (!menu.parentElement.contains(event.target)) closeMenu(menu.parentElement);
  }
  const control = event.target.closest?.(".control");
  if (!control || event.target.closest("dialog.confirm-dialog")) return;
  const item = event.target.closest("[role=menuitem]");
  if (item) {
    closeMenu(control);
    used(control, { selected_option: JSON.parse(item.dataset.option) });
  } else if (event.target.closest(".overflow-button")) {
    if (control.querySelector(".menu:popover-open")) closeMenu(control);
    else openMenu(control);
  } else if (control.dataset.kind === "button" && event.target.closest(".button")) used(control, {});
}

function onMenuKey(event) {
  const menu = event.target.closest?.(".menu");
  if (!menu) return;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu(menu.parentElement);
    menu.parentElement.querySelector(".overflow-button").focus();
  }
}

function onChange(event) {
  const control = event.target.closest?.(".control");
  if (!control || control.dataset.atOnce !== "yes" || control.dataset.kind === "button") return;
  if (event.type === "change" && control.querySelector(".picker")) return;
  if (control.dataset.kind === "typed" && !isMoment(control)) return;
  const { type, ...value } = valueOf(control);
  used(control, value);
}

const isMoment = (control) => /picker$/.test(elementOf(control).type);

// A text input that asked for it tells the app on Enter, or at every letter.
function onTyped(event) {
  const control = event.target.closest?.(".control-typed");
  if (!control || control.dataset.atOnce !== "yes" || isMoment(control)) return;
  const when = elementOf(control).dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const enter = event.type === "keydown" && event.key === "Enter" && !event.shiftKey;
  if (enter && when.includes("on_enter_pressed")) {
    event.preventDefault();
    send(control, { value: event.target.value });
  } else if (event.type === "input" && when.includes("on_character_entered")) send(control, { value: event.target.value });
}

export function listen() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onMenuKey, true);
  document.addEventListener("change", onChange);
  document.addEventListener("picked", onChange);
  document.addEventListener("keydown", onTyped);
  document.addEventListener("input", onTyped);
}
