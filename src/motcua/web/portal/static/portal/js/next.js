/** A counter's tablet goes back to its question by itself: <a data-next="10"> is followed after so many seconds. */
const link = document.querySelector("a[data-next]");
let timer = link && setTimeout(() => link.click(), Number(link.dataset.next) * 1000);
document.addEventListener("input", () => clearTimeout(timer));
