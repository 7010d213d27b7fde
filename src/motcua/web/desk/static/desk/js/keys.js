// Keys of the desk: an element with data-key is clicked (or, a field, focused) by that key. Letters work
// outside fields only; F-keys, Escape and "Ctrl Enter" everywhere.
const isTyping = (target) => target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
const nameOf = (event) => (event.ctrlKey && event.key === "Enter" ? "Ctrl Enter" : event.key);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.metaKey || event.isComposing) return;
  const key = nameOf(event);
  if (event.ctrlKey && key !== "Ctrl Enter") return;
  const isEverywhere = /^F\d+$/.test(key) || key === "Ctrl Enter" || key === "Escape";
  if (isTyping(event.target) && !isEverywhere) return;
  if (key === "Enter" && event.target.closest("a, button, summary")) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key.toLowerCase() === key.toLowerCase(),
  );
  if (!found || found.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  found.focus();
  if (!found.matches("input, textarea, select")) found.click();
});
