// "What if": sliders beside the numbers; the server recomputes, this only asks it and shows the answer.
for (const form of document.querySelectorAll("[data-whatif]")) {
  const result = form.parentElement.querySelector("[data-whatif-result]");
  let waiting, asking;

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const address = `?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address, { headers: { "X-Part": "whatif" }, signal: asking.signal }).catch(() => null);
    if (answer?.ok) result.innerHTML = await answer.text();
  }

  for (const number of form.querySelectorAll('input[type="number"]')) {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: number.min, max: number.max, step: number.step, value: number.value });
    slider.setAttribute("aria-label", form.querySelector(`label[for="${CSS.escape(number.id)}"]`)?.textContent ?? "");
    number.after(slider);
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
  }
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
}
