// The side panel: the assistant's page is opened beside the dossier; drafts go into the form by one click.
const opener = document.querySelector("[data-open-advice]");
const panel = document.querySelector("dialog.advice-panel");

const fieldOf = (name) => document.querySelector(`#viec [name="${name}"]`);
const formAction = () => document.querySelector("#viec")?.getAttribute("action");

const draftOf = (button) => Object.fromEntries(
  [...button.closest(".draft").querySelectorAll("[data-draft]")].map((part) => [part.dataset.draft, part.innerText.trim()]),
);

const insert = (button) => {
  for (const [name, words] of Object.entries(draftOf(button))) {
    const field = fieldOf(name);
    if (!field) continue;
    field.value = words;
    if (field.rows) field.rows = Math.max(field.rows, 6);
  }
  const first = fieldOf(button.closest(".draft").querySelector("[data-draft]").dataset.draft);
  if (!first.parentElement.querySelector(".machine-made")) {
    const mark = Object.assign(document.createElement("p"), { className: "machine-made xs", textContent: button.dataset.inserted });
    first.after(mark);
  }
  panel?.close();
  first.focus();
};

const copy = async (button) => {
  const words = Object.values(draftOf(button)).join("\n");
  await navigator.clipboard.writeText(`[${button.dataset.mark}]\n${words}`);
  button.textContent = button.dataset.copied;
};

// A draft can only go into the form that stands on this page; another act's form is opened first.
const dress = (root) => {
  for (const button of root.querySelectorAll("[data-insert]")) {
    button.hidden = button.dataset.insert !== formAction();
    if (button.hidden) continue;
    const draft = button.closest(".draft");
    draft.querySelector("[data-form]")?.remove();
    for (const other of root.querySelectorAll(".draft")) other.open = other === draft;
  }
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
};

const fill = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  panel.querySelector("[data-body]").replaceChildren(page.querySelector("[data-advice]"));
  dress(panel);
};

if (opener && panel) {
  opener.addEventListener("click", async (event) => {
    event.preventDefault();
    if (panel.open) return panel.close();
    panel.show();
    await fill(await fetch(opener.href));
    panel.querySelector("[data-close-advice]").focus();
  });
  panel.querySelector("[data-close-advice]").addEventListener("click", () => panel.close());
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the keys of the page below stay quiet while somebody types here
    if (event.key === "Escape") {
      panel.close();
      opener.focus();
    }
  });
  panel.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-advice-asking], .choices")) return;
    event.preventDefault();
    const body = new FormData(event.target, event.submitter);
    await fill(await fetch(event.target.action, { method: "POST", body }));
    panel.querySelector(".turn:last-child")?.scrollIntoView();
  });
} else {
  dress(document);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert], [data-copy]");
  if (button) (button.matches("[data-insert]") ? insert : copy)(button);
});
