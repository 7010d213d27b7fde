// A screen that belongs to everybody: after a minute without a touch it forgets and goes home.
const IDLE_MS = 60_000;
const WARN_MS = 15_000;
const end = document.querySelector("[data-end]");
const leaving = document.querySelector("[data-leaving]");
let last = Date.now();

const touched = () => {
  last = Date.now();
  if (leaving?.open) leaving.close();
};

for (const kind of ["pointerdown", "keydown", "scroll", "touchstart"]) {
  document.addEventListener(kind, touched, { passive: true, capture: true });
}

let timer;
const watch = () => {
  const left = IDLE_MS - (Date.now() - last);
  if (left <= 0) {
    clearInterval(timer);
    return end.requestSubmit();
  }
  if (left <= WARN_MS && !leaving.open) leaving.showModal();
  leaving.querySelector("[data-left]").textContent = Math.ceil(left / 1000);
};

if (end && leaving) timer = setInterval(watch, 1000);

const clock = document.querySelector("[data-clock]");
const told = () => new Date().toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", hour12: false });
setInterval(() => {
  clock.firstChild.textContent = told();
}, 20_000);

// What was typed stays out of the browser's own store of pages.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

const speak = document.querySelector("[data-speak-last]");
if (speak && "speechSynthesis" in window) {
  speak.hidden = false;
  speak.addEventListener("click", () => {
    const isSpeaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (isSpeaking) return;
    const said = document.querySelector(".answered:last-of-type [data-blocks]").innerText;
    const words = new SpeechSynthesisUtterance(said);
    words.lang = document.querySelector(".answered").lang === "en" ? "en-US" : "vi-VN";
    speechSynthesis.speak(words);
  });
}
