// Suggestions under the search box while typing; without script the form works as it is.
const PAUSE_MS = 160;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = Object.assign(document.createElement("nav"), { className: "list" });
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  const frame = Object.assign(document.createElement("div"), { className: "suggest" });
  form.replaceWith(frame);
  frame.append(form, list);
  let timer;
  let asked = "";

  const close = () => list.replaceChildren();
  const ask = async () => {
    const words = input.value.trim();
    asked = words;
    if (words.length < 2) return close();
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`);
    if (!answer.ok || asked !== input.value.trim()) return;
    list.innerHTML = await answer.text();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
  frame.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? input).focus();
    }
  });
  frame.addEventListener("focusout", (event) => {
    if (!frame.contains(event.relatedTarget)) close();
  });
}
