// Files chosen in a form marked [data-uploads] are sent at once, in pieces that survive a broken line: each piece says
// where it begins, what fails is tried again later, and a file chosen again goes on where it stopped.
// Without this script the form carries the files itself.
const LEAST = 16 * 1024, FIRST = 64 * 1024, LONGEST_WAIT = 30_000;
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); addEventListener("online", done, { once: true }); });
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");

class Failed extends Error {}
class Stopped extends Error {}

async function ask(form, address, options = {}) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json", ...options.headers };
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options, headers });
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (answer.ok || answer.status === 409) return said;
  if (answer.status >= 500 || answer.status === 429) throw new TypeError(`${answer.status}`);
  throw new Failed(said.message ?? "");
}

const extras = (form) => (form.dataset.uploadsWith ?? "").split(" ").filter(Boolean).map((name) => [name, form.elements[name]?.value ?? ""]);

// Sends one file and returns what the server made of it.
async function send(form, file, component, row) {
  const wish = new FormData();
  const told = { component, name: file.name, size: file.size, fingerprint: `${file.name}|${file.size}|${file.lastModified}` };
  for (const [key, value] of Object.entries(told)) wish.append(key, value);
  for (const [key, value] of extras(form)) wish.append(key, value);
  let upload, wait = 1000, step = FIRST;
  for (;;) {
    if (row.stopped) throw new Stopped();
    try {
      upload ??= await ask(form, form.dataset.uploads, { method: "POST", body: wish });
      row.upload = upload.address;
      if (upload.received >= upload.size) return await ask(form, upload.address, { method: "POST" });
      const piece = await file.slice(upload.received, upload.received + step).arrayBuffer();
      const headers = { "Upload-Offset": `${upload.received}` };
      if (globalThis.crypto?.subtle) headers["Upload-Digest"] = hex(await crypto.subtle.digest("SHA-256", piece));
      const begun = performance.now();
      const state = await ask(form, upload.address, { method: "PUT", body: piece, headers });
      upload.received = state.received;
      if (performance.now() - begun < 1000) step = Math.min(step * 2, upload.piece);
      wait = 1000;
      row.tell(upload.received / upload.size);
    } catch (error) {
      if (error instanceof Failed || !(error instanceof TypeError)) throw error;
      row.wait();
      step = Math.max(step / 2, LEAST);
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }
}

// The list of a slot is the one the server drew, or one like it; a form without slots has one list for all.
function listFor(form, input) {
  const slot = input?.closest(".upload");
  if (!slot) return form.querySelector("[data-upload-list]");
  const list = slot.querySelector(".files") ?? Object.assign(document.createElement("ul"), { className: "files", ariaLive: "polite" });
  if (!list.isConnected) input.before(list);
  return list;
}

function rowFor(form, input, name) {
  const model = form.querySelector("template[data-upload-row]");
  const item = model.content.firstElementChild.cloneNode(true);
  const [bar, words, drop] = ["progress", "[data-words]", "[data-drop]"].map((what) => item.querySelector(what));
  item.querySelector("[data-name]").textContent = name;
  listFor(form, input).append(item);
  const row = { item, stopped: false, upload: "" };
  row.say = (text) => { words.textContent = text; };
  row.tell = (part) => { bar.value = part; row.say(`${Math.floor(part * 100)} %`); };
  row.wait = () => row.say(model.dataset.waiting);
  row.again = (part) => { row.tell(part); row.say(model.dataset.again); };
  row.fail = (text) => { bar.remove(); item.classList.add("error"); row.say(text || model.dataset.failed); };
  row.done = (made) => {
    if ("uploadsRedraws" in form.dataset) return item.remove(); // the page shows it at its place
    bar.remove();
    row.say([made.size, made.note].filter(Boolean).join(" · "));
    if (form.dataset.uploadsDrop) Object.assign(drop, { type: "submit", name: form.dataset.uploadsDrop, value: made.file, formNoValidate: true });
    else drop.remove();
  };
  drop.addEventListener("click", () => {
    if (drop.type === "submit") return;
    row.stopped = true;
    if (row.upload) ask(form, row.upload, { method: "DELETE" }).catch(() => {});
    item.remove();
  });
  return row;
}

function upgrade(form) {
  const going = new Set(), left = new Map();
  let failed = false;
  let chain = Promise.resolve();
  form.addEventListener("change", ({ target: input }) => {
    if (input.type !== "file" || !input.files.length) return;
    const component = input.name.slice(input.name.indexOf("-") + 1);
    for (const file of input.files) {
      left.get(`${component}|${file.name}|${file.size}`)?.item.remove();
      const row = rowFor(form, input, file.name);
      const sending = (chain = chain.then(() => send(form, file, component, row)).then(row.done, (error) => {
        if (error instanceof Stopped) return;
        failed = true;
        row.fail(error instanceof Failed ? error.message : "");
      }));
      going.add(sending);
      sending.finally(() => { going.delete(sending); if (!going.size) form.dispatchEvent(new CustomEvent("uploads-done")); });
    }
    setTimeout(() => { input.value = ""; }); // after everybody else has seen the choice
  });
  form.addEventListener("submit", (event) => {
    if (!going.size || event.submitter?.name === form.dataset.uploadsDrop) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    failed = false; // what is refused meanwhile is read first; pressed again, the form goes without it
    Promise.allSettled([...going]).then(() => failed || form.requestSubmit(event.submitter));
  }, true);
  const asked = new URLSearchParams(extras(form));
  ask(form, `${form.dataset.uploads}?${asked}`).then(({ unfinished = [] }) => unfinished.forEach((one) => {
    const row = rowFor(form, document.getElementsByName(`${form.dataset.uploadsName}${one.component}`)[0], one.name);
    row.upload = one.address;
    row.again(one.received / one.size);
    left.set(`${one.component}|${one.name}|${one.size}`, row);
  })).catch(() => {});
}

document.querySelectorAll("form[data-uploads]").forEach(upgrade);
