// Values of a paper: Enter accepts one and goes on, the arrows move. Without this file each value posts by itself.
const root = document.querySelector("[data-reading]");

function focusOn(input) {
  input?.focus({ preventScroll: true });
  input?.select?.();
  input?.scrollIntoView({ block: "center" });
}

async function accept(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-reading]");
  if (!fresh) return form.submit();
  root.replaceChildren(...fresh.childNodes);
  focusOn(root.querySelector("[autofocus]") ?? document.querySelector("[data-key='Ctrl Enter']"));
}

root?.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-value]")) return;
  event.preventDefault();
  accept(event.target).catch(() => event.target.submit());
});

root?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches("input[name=value]")) return;
  const inputs = [...root.querySelectorAll("input[name=value]")];
  event.preventDefault();
  focusOn(inputs[inputs.indexOf(event.target) + step]);
});

focusOn(root?.querySelector("[autofocus]"));
