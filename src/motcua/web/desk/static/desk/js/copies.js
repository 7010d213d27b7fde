// Certified copies: F4 clears the person for the next one; keys.js presses F2 and F9.
const form = document.querySelector("[data-copies]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "F4" || !form) return;
  event.preventDefault();
  for (const name of ["owner_id", "owner_name", "phone"]) form.elements[name].value = "";
  form.elements.owner_id.focus();
});
