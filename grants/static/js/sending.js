// Says that a form is on its way (form data-sending="Envoi en cours…") and stops a double click.
// The button is never disabled: its value still travels, and a stalled sending may be tried again.
"use strict";

(() => {
  const RETRY_AFTER_MS = 15000;
  const SLOW = "C’est plus long que prévu. Attendez, ou appuyez de nouveau pour réessayer.";

  const watch = (form) => {
    const line = document.createElement("p");
    const sign = document.createElement("progress");
    const buttons = form.querySelectorAll("[type='submit']");
    let waiting = null;
    line.className = "sending";
    line.setAttribute("role", "status");
    sign.className = "sending__sign";
    sign.setAttribute("aria-hidden", "true");
    form.append(line);

    const rest = (words) => {
      window.clearTimeout(waiting);
      waiting = null;
      buttons.forEach((button) => button.removeAttribute("aria-disabled"));
      line.textContent = words;
      sign.remove();
    };

    form.addEventListener("submit", (event) => {
      if (waiting !== null) {
        event.preventDefault();
        return;
      }
      buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
      line.textContent = form.dataset.sending;
      form.append(sign);
      waiting = window.setTimeout(rest, RETRY_AFTER_MS, SLOW);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) rest("");
    });
  };

  document.querySelectorAll("form[data-sending]").forEach(watch);
})();
