// Checks the QR of a paper on this device alone: nothing is sent anywhere.
// Format: src/motcua/documents/papers/qr.py. Keys: data-keys of the form.
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-.";
const FIELDS = ["dossier", "procedure", "agency", "key", "number"];
const utf8 = new TextEncoder();

const bytesOf = (text) => {
  const out = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((char) => ALPHABET.indexOf(char));
    if (group.length === 1 || group.includes(-1)) throw new Error("base41");
    const value = group.reduce((sum, digit, place) => sum + digit * 41 ** place, 0);
    if (value >= 256 ** (group.length - 1)) throw new Error("base41");
    if (group.length === 3) out.push(value >> 8);
    out.push(value & 255);
  }
  return Uint8Array.from(out);
};

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

const read = (body) => {
  const said = { at: new Date(new DataView(body.buffer, body.byteOffset).getUint32(5) * 1000) };
  const fields = [];
  for (let at = 9; at < body.length; at += 1 + body[at]) fields.push(body.slice(at + 1, at + 1 + body[at]));
  if (body[0] !== 1 || fields.length !== FIELDS.length + 2) throw new Error("version");
  FIELDS.forEach((name, place) => { said[name] = new TextDecoder().decode(fields[place]); });
  said.digest = fields[FIELDS.length];
  said.paper = new TextDecoder().decode(fields[FIELDS.length + 1]);
  return said;
};

const isSigned = async (jwk, body, signature) => {
  const raw = Uint8Array.from(atob(jwk.x.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, joined(utf8.encode("motcua-qr-1\0"), body));
};

const isOwner = async (digest, salted) => {
  const whole = joined(utf8.encode("motcua-qr-owner\0"), salted);
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  return hex(found.slice(0, 16)) === hex(digest);
};

export const check = async (text, keys) => {
  const [token, hidden = ""] = text.trim().split("/").pop().split("#");
  const whole = bytesOf(token);
  const body = whole.slice(0, -64);
  const said = read(body);
  const jwk = keys.find((one) => one.kid === hex(body.slice(1, 5)));
  if (!jwk) return { state: "unknown", said };
  const salted = bytesOf(hidden);
  const genuine = (await isSigned(jwk, body, whole.slice(-64))) && (!hidden || (await isOwner(said.digest, salted)));
  said.owner = new TextDecoder().decode(salted.slice(8));
  return { state: genuine ? "genuine" : "altered", said };
};

const form = document.querySelector("[data-check-qr]");

const show = (state, said) => {
  form.querySelectorAll("[data-state]").forEach((one) => { one.hidden = one.dataset.state !== state; });
  const list = form.querySelector("[data-said]");
  list.hidden = !said;
  if (!said) return;
  list.querySelectorAll("[data-field]").forEach((one) => {
    const value = said[one.dataset.field];
    one.textContent = value instanceof Date ? value.toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" }) : value || "–";
  });
};

const answer = async (event) => {
  event.preventDefault();
  try {
    const found = await check(form.querySelector("textarea").value, JSON.parse(form.dataset.keys).keys);
    show(found.state, found.said);
  } catch (fault) {
    show(fault instanceof DOMException || !globalThis.crypto?.subtle ? "unable" : "none", null);
  }
};

if (form) {
  form.addEventListener("submit", answer);
  form.querySelector("[data-needs-script]")?.remove();
}
