// What a person does goes to the same control API that scripts use.

const here = document.body.dataset;

export const user = here.user;
export const channel = here.channel;

export function look(extra = {}) {
  return new URLSearchParams({ user, channel, tab: here.tab, ...extra }).toString();
}

export async function fragment(name, extra = {}) {
  const answer = await fetch(`/ui/${name}?${look(extra)}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.text();
}

const said = {
  user_not_found: "Nobody here has that name.",
  clock_running: "Time is moving already.",
  already_in_channel: "They are in this channel already.",
  method_not_supported_for_channel_type: "People can be invited to channels only.",
  restricted_action: "This app does not take messages.",
  not_in_channel: "You are not in this conversation.",
  option_not_offered: "That choice is no longer offered.",
  no_such_action: "That has changed meanwhile. Look again.",
};

// Post an act; answers what the workspace said. What Slack shows for an app that failed comes as a notice or as a
// message, so only what the workspace itself refused is told here.
export async function act(path, body) {
  let result;
  try {
    const answer = await fetch(`/_control/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    result = await answer.json();
  } catch {
    toast("The sandbox does not answer. Is it still running?");
    return { ok: false };
  }
  if (!result.ok && result.error && !result.shown) toast(inWords(result));
  return result;
}

function inWords(result) {
  if (said[result.error]) return said[result.error];
  const details = Array.isArray(result.messages) ? result.messages.join(" ") : "";
  return `Slack refused this: ${result.error}. ${details}`.trim();
}

const shownLately = new Map();

// A sentence at the foot of the page for a few seconds; the same sentence twice at once is one.
export function toast(text, kind = "notice") {
  if (shownLately.has(text)) return;
  shownLately.set(text, setTimeout(() => shownLately.delete(text), 1500));
  const line = document.createElement("div");
  line.className = `toast toast-${kind}`;
  const words = document.createElement("span");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button";
  close.setAttribute("aria-label", "Dismiss");
  close.textContent = "×";
  close.addEventListener("click", () => line.remove());
  line.append(words, close);
  const open = document.querySelector("dialog[open]");
  const place = document.getElementById("toasts");
  // A modal dialog hides all outside it, so the toast comes along.
  (open || document.body).append(place);
  // What time it is now takes the place of what time it was, and soon gives way to the newest message.
  if (kind === "time") place.querySelectorAll(".toast-time").forEach((old) => old.remove());
  place.append(line);
  setTimeout(() => line.remove(), kind === "time" ? 2500 : 7000);
}
