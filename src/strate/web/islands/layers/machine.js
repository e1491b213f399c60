/* The page tells how far the machine is, again and again; the viewer goes with it until a hand goes elsewhere. */

export function withMachine(element, { made, go }) {
  const place = element.dataset.made, button = element.querySelector("[data-do=live]");
  if (!place || !button) return null;
  let on = "follows" in element.dataset, last = 0;

  function say() { button.setAttribute("aria-pressed", String(on)); }

  function look() {
    const told = document.querySelector(place);
    if (!told) return;
    made(told.dataset.runs);
    const now = Number(told.dataset.last) || 0, moved = now !== last;
    last = now;
    if (on && moved) go(last);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches?.(place) || event.target.querySelector?.(place)) look();
  });
  say();
  look();
  return {
    gone(layer) { if (on && layer !== last) { on = false; say(); } },
    turn() { on = !on; say(); if (on && last) go(last); },
  };
}
