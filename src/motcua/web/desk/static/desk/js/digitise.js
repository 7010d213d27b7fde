// A stack of sheets by keyboard: a key presses the button that is there without script too, and the stack is
// exchanged in its place, so that the chosen sheet stays chosen. Every step is kept on the server.
const place = document.querySelector("[data-stack]");
const zoom = document.querySelector("[data-zoom]");
let chosen = null;
let waiting = 0;
let line = Promise.resolve(); // steps go one after the other: each names the state that the one before left

const sheets = () => [...place.querySelectorAll("[data-sheet]")];
const current = () => sheets().find((sheet) => sheet.dataset.sheet === chosen);
const moves = { ArrowLeft: () => beside(-1), ArrowRight: () => beside(1), ArrowUp: () => below(-1), ArrowDown: () => below(1) };

function choose(sheet) {
  if (!sheet) return;
  for (const one of sheets()) one.removeAttribute("aria-current");
  chosen = sheet.dataset.sheet;
  sheet.setAttribute("aria-current", "true");
  sheet.querySelector("[data-open]").focus({ preventScroll: true });
  sheet.scrollIntoView({ block: "nearest" });
}

function beside(step) {
  const at = sheets().indexOf(current());
  return sheets()[Math.max(0, Math.min(sheets().length - 1, at < 0 ? 0 : at + step))];
}

function below(direction) {
  const from = current()?.getBoundingClientRect();
  if (!from) return sheets()[0];
  const rows = sheets().filter((sheet) => (sheet.getBoundingClientRect().top - from.top) * direction > 20);
  const far = ({ top, left }) => Math.abs(top - from.top) * 10 + Math.abs(left - from.left);
  return rows.sort((a, b) => far(a.getBoundingClientRect()) - far(b.getBoundingClientRect()))[0];
}

function press(value) {
  waiting += 1;
  line = line.then(() => send(value)).finally(() => (waiting -= 1));
}

async function send(value) {
  const at = sheets().indexOf(current());
  const body = new FormData(place.querySelector("[data-form]"));
  body.set("do", value);
  try {
    const answer = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return location.reload();
    place.innerHTML = await answer.text();
    if (chosen !== null) choose(current() ?? sheets()[Math.min(at, sheets().length - 1)]);
  } catch {
    location.reload();
  }
}

function open(sheet) {
  const link = sheet?.querySelector("[data-open]");
  if (!link || !zoom) return;
  const image = zoom.querySelector("[data-zoomed]");
  Object.assign(image, { src: link.href }).dataset.turn = link.querySelector("img")?.dataset.turn ?? "0";
  zoom.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, summary")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sheet = current();
  if (moves[key]) choose(moves[key]());
  else if (key === "?") help(document.querySelector("[data-help]"));
  else if (key === "Enter" && sheet && !event.target.closest("button")) open(sheet);
  else if ((key === "x" || key === "Delete") && sheet) sheet.querySelector("[data-do=x]")?.click();
  else if (key === "m" && sheet?.dataset.of) press(`merge:${sheet.dataset.of}`);
  else if (/^[0-9]$/.test(key) && sheet?.dataset.of) assign(sheet.dataset.of, Number(key));
  else if (/^[rlus[\]]$/.test(key) && sheet) sheet.querySelector(`[data-do="${key}"]`)?.click();
  else return;
  event.preventDefault();
});

function help(told) {
  if (told.toggleAttribute("open")) told.scrollIntoView({ block: "end" });
}

function assign(piece, number) {
  const named = place.querySelector(`[data-assign="${piece}"]`)?.options[number];
  if (named) press(`assign:${piece}:${named.value}`);
}

// While a sheet is seen large, Esc closes it and no key reaches the page behind.
zoom?.addEventListener("keydown", (event) => event.stopPropagation());
place.addEventListener("click", (event) => {
  const sheet = event.target.closest("[data-sheet]");
  if (!event.target.closest("[data-open]")) return void (chosen = sheet?.dataset.sheet ?? chosen);
  event.preventDefault();
  choose(sheet);
  open(sheet);
});
// Tab leads from sheet to sheet too: the one with the focus is the one that keys act on.
place.addEventListener("focusin", (event) => (chosen = event.target.closest("[data-sheet]")?.dataset.sheet ?? chosen));
place.addEventListener("change", (event) => {
  if (event.target.dataset.assign) press(`assign:${event.target.dataset.assign}:${event.target.value}`);
});
document.addEventListener("submit", (event) => {
  const value = event.submitter?.value ?? "";
  if (event.target.id !== "chong" || (value === "assemble" && !waiting)) return;
  event.preventDefault();
  if (value !== "assemble") press(value);
  else line.then(() => document.querySelector("button[form=chong][value=assemble]")?.click());
});
