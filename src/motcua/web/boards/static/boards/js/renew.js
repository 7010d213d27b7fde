// Renews what stands under [data-renew="seconds"] in place: no flicker, no lost scroll, quiet when hidden.
const here = document.querySelector("[data-renew]");

async function renew() {
  if (document.hidden || here.contains(document.activeElement) && document.activeElement.matches("input, summary")) return;
  const answer = await fetch(location.href, { headers: { "X-Renew": "1" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-renew]");
  if (!fresh || fresh.isEqualNode(here)) return;
  const open = [...here.querySelectorAll("details")].map((one) => one.open);
  here.replaceChildren(...fresh.childNodes);
  here.querySelectorAll("details").forEach((one, place) => { one.open = open[place] ?? one.open; });
}

if (here) {
  const timer = setInterval(renew, Number(here.dataset.renew) * 1000);
  addEventListener("pagehide", () => clearInterval(timer), { once: true });
}
