// Filters a list while typing, without marks ("tay nha trang" finds "Tây Nha Trang").
const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");

for (const form of document.querySelectorAll("form[data-filter]")) {
  const items = [...document.querySelectorAll(`${form.dataset.filter} > li`)];
  const texts = items.map((item) => fold(item.textContent));
  form.addEventListener("input", (event) => {
    const wanted = fold(event.target.value.trim());
    items.forEach((item, i) => (item.hidden = !texts[i].includes(wanted)));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
