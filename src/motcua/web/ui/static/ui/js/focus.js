// An error summary takes the focus, so that a screen reader starts where the trouble is.
document.querySelector("[data-focus]")?.focus();

// A table that scrolls sideways and holds nothing to tab to is reached with the keyboard itself.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    target.toggleAttribute("tabindex", scrolls);
    if (!scrolls) continue;
    target.tabIndex = 0;
    target.setAttribute("role", "region");
    target.setAttribute("aria-label", target.querySelector("caption")?.textContent.trim() || document.title);
  }
});
for (const wrap of document.querySelectorAll(".table-wrap")) reach.observe(wrap);
