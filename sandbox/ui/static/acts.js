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

// Post an act; answers what the workspace said. What Slack would show goes to `trouble`, a toast unless told otherwise.
export async function act(path, body, trouble = toast) {
  let result;
  try {
    const answer = await fetch(`/_control/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    result = await answer.json();
  } catch {
    trouble("The sandbox does not answer. Is it still running?");
    return { ok: false, reported: true };
  }
  if (result.shown) trouble(result.shown);
  else if (!result.ok && result.error) trouble(inWords(result));
  return { ...result, reported: Boolean(result.shown || (!result.ok && result.error)) };
}

function inWords(result) {
  const details = Array.isArray(result.messages) ? result.messages.join(" ") : result.message || "";
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
  place.append(line);
  setTimeout(() => line.remove(), 7000);
}
