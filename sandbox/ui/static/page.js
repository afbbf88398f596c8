// Wires the page together and keeps it up to date while the workspace changes.

import { act, channel, fragment, toast, user } from "./acts.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as controls from "./controls.js";
import { latest } from "./latest.js";
import * as modal from "./modal.js";
import { morph } from "./morph.js";
import * as palette from "./palette.js";
import * as picker from "./picker.js";
import * as traffic from "./traffic.js";

const here = document.body.dataset;
const messages = document.getElementById("messages");
const home = document.getElementById("home");
let everything = "";

const refreshSidebar = latest(async () => {
  const open = document.getElementById("sidebar");
  const html = await fragment("sidebar");
  const focused = open.contains(document.activeElement) ? document.activeElement.dataset.channel : "";
  const scroll = open.querySelector(".lines")?.scrollTop || 0;
  open.innerHTML = html;
  open.querySelector(".lines").scrollTop = scroll;
  if (focused) open.querySelector(`[data-channel="${focused}"]`)?.focus();
});

const isAtEnd = () => messages.scrollHeight - messages.scrollTop - messages.clientHeight < 80;

const refreshMessages = latest(async () => {
  if (!messages) return;
  const atEnd = isAtEnd();
  morph(messages, await fragment("messages", { unread_from: here.unreadFrom, everything }));
  picker.prepare(messages);
  if (atEnd) messages.scrollTop = messages.scrollHeight;
});

const refreshHome = latest(async () => {
  if (!home) return;
  const made = document.createElement("template");
  made.innerHTML = await fragment("home");
  const old = home.querySelector(".home-blocks");
  const fresh = made.content.querySelector(".home-blocks");
  if (old && fresh) morph(old, fresh.innerHTML);
  else home.replaceChildren(made.content);
  picker.prepare(home);
});

function refreshAll() {
  return [refreshMessages(), refreshHome(), modal.refresh(), refreshSidebar(), traffic.refresh()];
}

// While weeks run by, once a second is enough.
let soon = 0;

function refreshSoon() {
  soon ||= setTimeout(() => {
    soon = 0;
    refreshAll();
  }, 1000);
}

function take(change) {
  const mine = !change.user || change.user === user;
  if (change.kind === "reset") location.assign(`/?user=${user}`);
  else if (change.kind === "notice") mine && (modal.takeNotice(change.text) || toast(change.text));
  else if (change.kind === "clock") clock.changed(change) && refreshAll();
  else if (clock.isRunning()) refreshSoon();
  else if (change.kind === "view") mine && modal.refresh();
  else if (change.kind === "home") mine && refreshHome();
  else if (change.kind === "log") traffic.refresh();
  else {
    if (change.channel === channel) refreshMessages();
    refreshSidebar();
  }
}

let events = null;

// A tab nobody looks at lets go of its connection: a browser grants a server only a few.
function follow() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource("/ui/events");
  events.addEventListener("message", (event) => JSON.parse(event.data).forEach(take));
  events.addEventListener("open", caughtUp);
  events.addEventListener("error", () => document.body.classList.add("is-offline"));
}

// From here on every change is heard; what happened since the page was drawn is fetched.
async function caughtUp() {
  document.body.classList.remove("is-offline");
  await Promise.all(refreshAll());
  if (document.body.dataset.ready) return;
  document.body.dataset.ready = "yes";
  if (here.app) act("open-home", { user, tab: here.tab });
}

function firstScroll() {
  if (!messages) return;
  const unread = messages.querySelector(".row-new");
  if (unread) unread.scrollIntoView({ block: "center" });
  else messages.scrollTop = messages.scrollHeight;
  // Whoever reads the end stays at the end when the room for messages shrinks.
  let atEnd = true;
  messages.addEventListener("scroll", () => (atEnd = isAtEnd()));
  new ResizeObserver(() => atEnd && (messages.scrollTop = messages.scrollHeight)).observe(messages);
}

function hint() {
  const line = document.getElementById("hint");
  line.hidden = Boolean(localStorage.getItem("hint-hidden"));
  document.getElementById("hide-hint").addEventListener("click", () => {
    localStorage.setItem("hint-hidden", "yes");
    line.hidden = true;
  });
  document.getElementById("hint-command")?.addEventListener("click", (event) => {
    if (messages) return composer.begin(event.target.textContent);
    sessionStorage.setItem("draft", event.target.textContent);
    return location.assign(document.querySelector("[data-testid=messages-tab]").href);
  });
  const draft = sessionStorage.getItem("draft");
  sessionStorage.removeItem("draft");
  if (draft && messages) composer.begin(draft);
}

function sidebar() {
  const opener = document.getElementById("open-sidebar");
  const show = (open) => {
    document.body.classList.toggle("sidebar-open", open);
    opener.setAttribute("aria-expanded", String(open));
    if (open) document.querySelector("#sidebar .line")?.focus();
  };
  opener.addEventListener("click", () => show(true));
  document.addEventListener("click", (event) => {
    if (event.target.closest("#close-sidebar")) show(false);
    else if (!event.target.closest("#sidebar, #open-sidebar")) document.body.classList.contains("sidebar-open") && show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("sidebar-open")) {
      show(false);
      opener.focus();
    }
  });
}

for (const part of [clock, controls, palette, picker, traffic]) part.listen();
picker.prepare(document);
modal.listen();
composer.listen();
hint();
sidebar();
firstScroll();
follow();
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", (event) => event.persisted && follow());
document.addEventListener("travelled", refreshAll);
document.addEventListener("click", (event) => {
  if (!event.target.closest("#show-earlier")) return;
  everything = "yes";
  refreshMessages();
});
