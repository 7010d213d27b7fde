// Filters a list while typing, without marks ("tay nha trang" finds "Tây Nha Trang").
const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

for (const form of document.querySelectorAll("form[data-filter]")) {
  const list = document.querySelector(form.dataset.filter);
  const items = [...list.querySelectorAll("li")];
  const texts = items.map((item) => fold(item.textContent));
  form.addEventListener("input", (event) => {
    const wanted = fold(event.target.value.trim());
    list.querySelectorAll("details").forEach((more) => (more.open = wanted !== ""));
    items.forEach((item, i) => (item.hidden = !texts[i].includes(wanted)));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
