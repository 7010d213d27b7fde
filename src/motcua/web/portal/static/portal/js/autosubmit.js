// A choice that only changes what is shown is sent as soon as it is made.
for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  form.querySelector("[data-autosubmit-button]")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}
