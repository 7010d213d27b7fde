// The list of work: J and K move, Enter opens, X picks, A picks the page, T does the main act.
const table = document.querySelector("[data-inbox]");
const rows = table ? [...table.querySelectorAll("[data-row]")] : [];
const beside = document.querySelector("[data-preview-here]");
let at = -1;

const boxOf = (row) => row.querySelector("input[type=checkbox]");

function select(place) {
  if (!rows.length) return;
  rows[at]?.removeAttribute("aria-selected");
  at = Math.max(0, Math.min(rows.length - 1, place));
  const row = rows[at];
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  beside.replaceChildren(row.querySelector("[data-preview]").content.cloneNode(true));
}

function count() {
  const picked = rows.filter((row) => boxOf(row)?.checked);
  const words = document.querySelector("[data-batch-count]");
  if (words && picked.length) words.textContent = `${picked.length} hồ sơ đã chọn`;
  for (const button of document.querySelectorAll("[data-batch]")) {
    const fit = picked.filter((row) => row.dataset.act === button.dataset.batch);
    button.setAttribute("aria-disabled", String(picked.length > 0 && fit.length === 0));
  }
}

const acts = {
  j: () => select(at + 1),
  k: () => select(at - 1),
  ArrowDown: () => select(at + 1),
  ArrowUp: () => select(at - 1),
  Enter: () => rows[at]?.querySelector("[data-open]").click(),
  x: () => boxOf(rows[at])?.click(),
  a: () => rows.forEach((row) => boxOf(row) && (boxOf(row).checked = true)),
  t: () => {
    if (!rows.some((row) => boxOf(row)?.checked)) boxOf(rows[at])?.click();
    document.querySelector("[data-batch]")?.click();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "Enter" && event.target.closest("a, button")) return;
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || !rows.length) return;
  event.preventDefault();
  act();
  count();
});

table?.addEventListener("change", count);
table?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && rows.indexOf(row) !== at) select(rows.indexOf(row));
});
if (rows.length) select(0);
