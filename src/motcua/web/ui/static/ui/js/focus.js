// An error summary takes the focus, so that a screen reader starts where the trouble is.
document.querySelector("[data-focus]")?.focus();
