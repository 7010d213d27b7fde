// Reception without reloading: a choice or a look-up sends the form and puts the panels that came back in place.
// Without this script the same buttons send the same form and the whole page comes back.
const form = document.querySelector("[data-reception]");
const ENDING = new Set(["accept", "supplement", "refuse", "settle"]);
let turn = 0;

async function refresh(name, value) {
  const mine = ++turn;
  const data = new FormData(form);
  data.append(name, value);
  const status = document.querySelector("[data-status]");
  if (status) status.textContent = "…";
  const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn || !page.querySelector("[data-reception]")) return;
  const focused = document.activeElement?.id;
  for (const panel of document.querySelectorAll("[data-panel]")) {
    const fresh = page.querySelector(`[data-panel="${panel.dataset.panel}"]`);
    if (fresh && panel.isConnected) panel.replaceWith(document.importNode(fresh, true));
  }
  const next = document.getElementById(focused) ?? document.querySelector("[name^='originals-']");
  next?.focus();
  wire();
}

function wire() {
  toggle();
}

function toggle() {
  const other = form.elements.is_other;
  document.querySelector(".mandatee")?.toggleAttribute("hidden", !other?.checked);
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (!button || ENDING.has(button.value)) return;
  event.preventDefault();
  refresh(button.name, button.value);
});

let waiting;
form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-hits]")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh("do", "search"), 180);
  }
  if (/^(owner|applicant)_id$/.test(event.target.name) && event.target.value.split("|").length > 5) refresh("do", "look-up");
});

form?.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-refresh]") || field.name?.startsWith("qty-")) refresh("do", "refresh");
  else if (/^(owner|applicant)_id$/.test(field.name) && field.value.trim().length > 8) refresh("do", "look-up");
  else if (field.name === "is_other") toggle();
  else if (field.type === "file") field.closest("label").querySelector("[data-file-words]").textContent = `${field.files.length} tệp`;
});

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || !event.target.matches("input:not([type=file], [type=radio], [type=checkbox])")) return;
  event.preventDefault();
  const hit = event.target.matches("[data-hits]") && document.querySelector(".hits button:not([disabled])");
  if (hit) { refresh("choose", hit.value); return; }
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select")].filter((one) => one.offsetParent);
  fields[fields.indexOf(event.target) + 1]?.focus();
});

if (form) { wire(); (document.querySelector("[data-hits]") ?? form.elements.owner_id)?.focus(); }
