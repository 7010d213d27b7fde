// Puts an answer on the page part by part; without script the form posts and the page comes anew.
const form = document.querySelector("[data-asking]");
const log = document.querySelector("[data-log]");
const status = form?.querySelector("[data-status]");
const input = form?.querySelector("[name=q]");

const place = ({ into, html }) => {
  if (into === "log") {
    log.insertAdjacentHTML("beforeend", html);
    log.lastElementChild.scrollIntoView({ block: "start" });
    return;
  }
  const turn = log.lastElementChild;
  if (into === "turn") {
    turn.querySelector("article")?.remove(); // the plain answer makes way for the kindlier one
    turn.insertAdjacentHTML("beforeend", html);
    return;
  }
  turn.querySelector(`[data-${into}]`).insertAdjacentHTML("beforeend", html);
};

const lines = async function* (body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    yield* parts.filter(Boolean).map(JSON.parse);
  }
};

const ask = async (body) => {
  form.setAttribute("aria-busy", "true");
  status.textContent = form.dataset.waiting;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/x-ndjson" } });
    if (!answer.ok) throw new Error(await answer.text());
    document.querySelector("[data-welcome]")?.remove();
    for await (const part of lines(answer.body)) place(part);
    input.value = "";
    status.textContent = "";
    log.lastElementChild.scrollIntoView({ block: "start" }); // the page grew above the input
    document.dispatchEvent(new CustomEvent("answered", { detail: log.lastElementChild }));
  } catch (fault) {
    status.textContent = fault instanceof TypeError ? form.dataset.failed : fault.message;
    input.focus();
  } finally {
    form.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", async (event) => {
  const sent = event.target;
  const body = new FormData(sent, event.submitter);
  if (sent === form || sent.matches(".choices, .examples")) {
    if (!log || !String(body.get("q")).trim()) return;
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) await ask(body);
  } else if (sent.matches("[data-vote]")) {
    event.preventDefault();
    const answer = await fetch(sent.action, { method: "POST", body, headers: { Accept: "application/x-ndjson" } });
    if (answer.ok) sent.parentElement.innerHTML = await answer.text();
    else sent.submit();
    document.dispatchEvent(new CustomEvent("answered"));
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
