// An error summary takes the focus, so that a screen reader starts where the trouble is.
document.querySelector("[data-focus]")?.focus();

// A table that scrolls, sideways or down, and holds nothing to tab to is reached with the keyboard itself.
const offer = (wrap) => {
  const scrolls = wrap.scrollWidth > wrap.clientWidth || wrap.scrollHeight > wrap.clientHeight;
  wrap.toggleAttribute("tabindex", scrolls);
  if (!scrolls) return;
  wrap.tabIndex = 0;
  wrap.setAttribute("role", "region");
  wrap.setAttribute("aria-label", wrap.querySelector("caption")?.textContent.trim() || document.title);
};

// The table is watched beside its frame: a font that arrives late widens the table only.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) offer(target.closest(".table-wrap"));
});
for (const wrap of document.querySelectorAll(".table-wrap")) {
  offer(wrap);
  reach.observe(wrap);
  if (wrap.firstElementChild) reach.observe(wrap.firstElementChild);
}
