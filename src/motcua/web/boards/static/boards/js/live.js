// Keeps [data-live] up to date in place: hears from the push that figures moved and fetches them, at most
// once a second; looks every minute when there is no push; rests while hidden; says when nobody answers.
const EVERY_MS = 1000, MOST_MS = 60_000, JITTER_MS = 300, CALM_MS = 300_000, AGAIN_MS = 30_000;
let here = document.querySelector("[data-live]");
const said = document.querySelector("[data-live-state]");
const polls = Number(here?.dataset.live) * 1000 || MOST_MS;
let address = location.href, source, isHearing = false, isDirty = false, isBusy = false;
let timer = 0, reopen = 0, last = 0, failures = 0, lastGood = new Date(), target = 0, upto = Number(here?.dataset.upto) || 0;

function say() {
  if (!said) return;
  const state = failures ? "away" : isHearing ? "fresh" : "polling";
  const clock = lastGood.toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" });
  const words = said.dataset[state].replace("{}", clock);
  if (said.dataset.state === state && said.textContent === words) return;
  said.dataset.state = state;
  said.textContent = words;
}

const isTyped = () => here.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

function want() {
  isDirty = true;
  if (timer || isBusy || document.hidden) return;
  const wait = Math.min(EVERY_MS * 2 ** failures, MOST_MS) - (Date.now() - last);
  timer = setTimeout(renew, Math.max(0, wait) + Math.random() * JITTER_MS);
}

async function renew() {
  timer = 0;
  if (isTyped()) return; // whoever types is not disturbed; the next event or minute asks again
  isBusy = true;
  isDirty = false;
  last = Date.now();
  try {
    const answer = await fetch(address, { headers: { "X-Live": "1" }, cache: "no-store", signal: AbortSignal.timeout(15_000) });
    if (answer.redirected) return location.assign(answer.url); // signed out meanwhile
    if (!answer.ok) throw new Error(answer.status);
    put(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]"));
    failures = 0;
    lastGood = new Date();
    isDirty ||= upto < target; // what came in between is fetched too
  } catch {
    failures = Math.min(failures + 1, 6);
    isDirty = true;
  }
  isBusy = false;
  say();
  if (isDirty) want();
}

function put(fresh) {
  if (!fresh) return;
  upto = Number(fresh.dataset.upto) || upto;
  const focused = here.contains(document.activeElement) ? document.activeElement : null;
  const open = new Map([...here.querySelectorAll("details")].map((one, place) => [one.id || place, one.open]));
  const scrolled = [...here.querySelectorAll(".table-wrap, .scrolls")].map((one) => one.scrollLeft);
  if (fresh.dataset.next) here.dataset.next = fresh.dataset.next;
  here.replaceChildren(...fresh.childNodes);
  here.querySelectorAll("details").forEach((one, place) => { one.open = open.get(one.id || place) ?? one.open; });
  here.querySelectorAll(".table-wrap, .scrolls").forEach((one, place) => { one.scrollLeft = scrolled[place] ?? 0; });
  if (focused) again(focused)?.focus({ preventScroll: true });
}

function again(focused) {
  if (focused.id) return document.getElementById(focused.id);
  const alike = [...here.querySelectorAll(focused.localName)];
  const plain = (one) => (one.getAttribute("href") ?? one.textContent).replace(/&luc=[^&]*/, "");
  return alike.find((one) => plain(one) === plain(focused));
}

function hear() {
  clearTimeout(reopen);
  if (!here.dataset.push || document.hidden || source) return;
  source = new EventSource(`${here.dataset.push}?scope=${here.dataset.scope ?? ""}`);
  source.addEventListener("state", (event) => {
    const told = JSON.parse(event.data);
    isHearing = told.hearing;
    if (told.upto > upto) want();
    say();
  });
  source.addEventListener("moved", (event) => {
    target = Math.max(target, JSON.parse(event.data).upto ?? 0);
    want();
  });
  source.addEventListener("error", () => {
    isHearing = false;
    if (source?.readyState === EventSource.CLOSED) { rest(); reopen = setTimeout(hear, AGAIN_MS * (1 + Math.random())); }
    say();
  });
}

function rest() {
  source?.close();
  source = null;
  isHearing = false;
}

function look() {
  if (!isHearing || Date.now() - last > CALM_MS) want();
}

function rotate() { // a screen on the wall goes round its pages, and stays where it is while nobody answers
  if (!here.dataset.next || failures) return;
  address = new URL(here.dataset.next, location.href).href;
  want();
}

if (here) {
  const looking = setInterval(look, polls);
  const turning = here.dataset.turn ? setInterval(rotate, Number(here.dataset.turn) * 1000) : 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return rest();
    hear();
    if (isDirty || Date.now() - last > polls) want();
  });
  addEventListener("online", want);
  addEventListener("pagehide", () => { clearInterval(looking); clearInterval(turning); rest(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  last = Date.now();
  hear();
  if (!here.dataset.push) say();
}
