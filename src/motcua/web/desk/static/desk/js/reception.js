// Reception without reloading: a choice or a look-up sends the form and puts the panels that came back in place.
// Without this script the same buttons send the same form and the whole page comes back.
const form = document.querySelector("[data-reception]");
const ENDING = new Set(["accept", "supplement", "refuse", "settle"]);
let turn = 0;

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
const stateOf = (field) => (isTicked(field) ? field.checked : field.type === "file" ? field.files.length : field.value);
const fieldsOf = (root) => [...root.querySelectorAll("input[name]:not([type=hidden]), select[name], textarea[name]")];

// What was typed while the answer was on its way stays: it is newer than what the answer knows.
function keepTyped(old, fresh, sent) {
  const news = new Map(fieldsOf(fresh).map((field) => [keyOf(field), field]));
  for (const field of fieldsOf(old)) {
    const next = news.get(keyOf(field));
    if (!next || !sent.has(keyOf(field)) || sent.get(keyOf(field)) === stateOf(field)) continue;
    if (isTicked(field)) next.checked = field.checked;
    else if (field.type === "file") next.files = field.files;
    else next.value = field.value;
  }
}

function place() {
  const { id, selectionStart, selectionEnd, value } = document.activeElement ?? {};
  const isWhole = selectionStart === 0 && selectionEnd === value?.length; // what is typed next replaces it
  return () => {
    const there = document.getElementById(id);
    const open = [...document.querySelectorAll("[name=case][type=radio]")];
    const next = there ?? (open.some((one) => one.checked) ? null : open[0]) ?? document.querySelector("[name^='originals-']");
    next?.focus();
    if (there && isWhole) there.select();
    else if (there && typeof selectionStart === "number") there.setSelectionRange(selectionStart, selectionEnd);
  };
}

async function refresh(name, value) {
  const mine = ++turn;
  const data = new FormData(form);
  const sent = new Map(fieldsOf(form).map((field) => [keyOf(field), stateOf(field)]));
  data.append(name, value);
  const status = document.querySelector("[data-status]");
  if (status) status.textContent = "…";
  const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== turn || !page.querySelector("[data-reception]")) return;
  const putBack = place();
  for (const panel of document.querySelectorAll("[data-panel]")) {
    const came = page.querySelector(`[data-panel="${panel.dataset.panel}"]`);
    if (!came || !panel.isConnected) continue;
    const fresh = document.importNode(came, true);
    keepTyped(panel, fresh, sent);
    panel.replaceWith(fresh);
  }
  putBack();
  if (value === "search") searched = data.get("q");
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
  const card = form.elements.owner_id;
  if (button.value === "look-up" && !card.value.trim()) card.focus(); // F4 leads to the field, then reads it
  else refresh(button.name, button.value);
});

let waiting;
let reading;
let searched = document.querySelector("[data-hits]")?.value ?? "";

// Enter takes the first hit of what is typed now, never one of an earlier list.
async function chooseFirst(field) {
  clearTimeout(waiting);
  if (field.value !== searched) await refresh("do", "search");
  const hit = document.querySelector(".hits button:not([disabled])");
  if (hit) refresh("choose", hit.value);
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[data-hits]")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh("do", "search"), 180);
  }
  if (/^(owner|applicant)_id$/.test(event.target.name) && event.target.value.split("|").length > 5) {
    clearTimeout(reading); // a scanner types letter by letter
    reading = setTimeout(() => refresh("do", "look-up"), 120);
  }
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
  if (event.target.matches("[data-hits]") && event.target.value.trim()) { chooseFirst(event.target); return; }
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select")].filter((one) => one.offsetParent);
  fields[fields.indexOf(event.target) + 1]?.focus();
});

form?.addEventListener("uploads-done", () => refresh("do", "refresh")); // what came stands at its paper

// A key pressed twice sends the sheet once.
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => delete form?.dataset.sent);

if (form) { wire(); (document.querySelector("[data-hits]") ?? form.elements.owner_id)?.focus(); }
