// "Are you sure?", in the app's own words or ours.

const dialog = document.getElementById("confirm");

// Asks what the template says; true at once when there is none.
export async function confirmed(template) {
  if (!template) return true;
  const content = template.content;
  return ask(
    content.querySelector("h2").cloneNode(true),
    content.querySelector(".confirm-text").cloneNode(true),
    content.querySelector(".confirm-yes").textContent,
    content.querySelector(".confirm-no").textContent,
    template.dataset.danger === "yes",
  );
}

export function sure(title, text, yes) {
  const heading = document.createElement("h2");
  heading.textContent = title;
  const words = document.createElement("div");
  words.className = "confirm-text";
  words.textContent = text;
  return ask(heading, words, yes, "Cancel", true);
}

function button(words, kind, value) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind}`;
  made.textContent = words;
  made.addEventListener("click", () => dialog.close(value));
  return made;
}

function ask(heading, words, yes, no, danger) {
  heading.id = "confirm-title";
  const foot = document.createElement("div");
  foot.className = "confirm-foot";
  const agree = button(yes, danger ? "button-danger" : "button-primary", "yes");
  foot.append(button(no, "", "no"), agree);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.replaceChildren(heading, words, foot);
  dialog.returnValue = "no";
  dialog.showModal();
  agree.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
