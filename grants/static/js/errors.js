// Brings the reader to what must be corrected: the summary on load, then each field from its link.
"use strict";

(() => {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;

  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const place = field.closest(".field, fieldset, tr") || field;
    place.scrollIntoView({ block: "start" });
    const control = field.matches("input, select, textarea, button, a[href]")
      ? field
      : field.querySelector("input, select, textarea") || field;
    if (control.tabIndex < 0) control.setAttribute("tabindex", "-1");
    control.focus({ preventScroll: true });
  });
})();
