// Speaking instead of typing, and answers read aloud, where the browser can; buttons are shown only then.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

for (const button of Recognition ? document.querySelectorAll("[data-dictate]") : []) {
  const input = document.querySelector(button.dataset.dictate);
  button.hidden = false;
  button.addEventListener("click", () => {
    const heard = new Recognition();
    heard.lang = document.documentElement.lang === "en" ? "en-US" : "vi-VN";
    heard.onresult = (event) => {
      input.value = event.results[0][0].transcript;
      input.focus();
    };
    heard.onend = () => button.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    heard.start();
  });
}

const speak = (article) => {
  const said = article.querySelector("[data-speech]").cloneNode(true);
  for (const part of said.querySelectorAll("sup, .sources, form, .row")) part.remove();
  const words = new SpeechSynthesisUtterance(said.textContent.replace(/\s+/g, " ").trim());
  words.lang = article.lang === "en" ? "en-US" : "vi-VN";
  speechSynthesis.speak(words);
};

const offer = () => {
  for (const button of document.querySelectorAll("[data-speak]")) button.hidden = false;
};

if ("speechSynthesis" in window) {
  offer();
  document.addEventListener("answered", offer);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-speak]");
    if (!button) return;
    const isSpeaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (!isSpeaking) speak(button.closest("article"));
  });
}
