// Keys of a queue: j next row, k previous row, e open. They can be turned off, for good, on this device.
"use strict";

(() => {
  const STORED = "appui.keys";
  const help = document.querySelector("[data-keys]");
  const rows = [...document.querySelectorAll(".queue tbody tr:not(.group)")];
  if (!help || rows.length === 0) return;

  const toggle = help.querySelector("[data-keys-switch]");
  let active = true;

  const remembered = () => {
    try {
      return window.localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };

  const remember = () => {
    try {
      window.localStorage.setItem(STORED, active ? "on" : "off");
    } catch {
      toggle.title = "Ce choix vaut pour cette page seulement.";
    }
  };

  const show = () => {
    help.querySelectorAll("[data-keys-list]").forEach((part) => { part.hidden = !active; });
    toggle.textContent = active ? toggle.dataset.turnOff : toggle.dataset.turnOn;
  };

  const current = () => {
    const focused = rows.findIndex((row) => row.matches(":focus-within"));
    return focused >= 0 ? focused : rows.findIndex((row) => row.matches(".is-current"));
  };

  const move = (step) => {
    const here = current();
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1);
    rows.forEach((row, place) => row.classList.toggle("is-current", place === next));
    const link = rows[next].querySelector(".row-title[href]");
    if (link) link.focus();
  };

  const open = () => {
    const row = rows[current()];
    const link = row && row.querySelector(".row-title[href]");
    if (link) link.click();
  };

  const acts = { j: () => move(1), k: () => move(-1), e: open };

  const typing = (target) =>
    target.matches("textarea, select, [contenteditable], input:not([type='checkbox'])");

  document.addEventListener("keydown", (event) => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  toggle.addEventListener("click", () => {
    active = !active;
    remember();
    show();
  });

  active = remembered();
  show();
  help.hidden = false;
})();
