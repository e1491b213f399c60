/* The drawing of a trace opens on what is traced, and is moved by dragging it; without this it still scrolls. */
(() => {
  "use strict";

  for (const frame of document.querySelectorAll(".trace-frame")) {
    const here = frame.querySelector("[aria-current] > rect");
    if (here) {
      const box = here.getBoundingClientRect(), mine = frame.getBoundingClientRect();
      frame.scrollLeft = box.left + box.width / 2 - mine.left - mine.width / 2;
      frame.scrollTop = box.top + box.height / 2 - mine.top - mine.height / 2;
    }
    let from = null;
    // A finger scrolls by itself; a mouse drags. A click that has moved nothing still follows its link.
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) {
        from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, moved: false };
      }
    });
    frame.addEventListener("pointermove", (event) => {
      if (!from) return;
      const dx = event.clientX - from.x, dy = event.clientY - from.y;
      from.moved ||= Math.hypot(dx, dy) > 5;
      frame.scrollTo(from.left - dx, from.top - dy);
    });
    for (const end of ["pointerup", "pointerleave"]) {
      frame.addEventListener(end, () => setTimeout(() => { from = null; }));
    }
    frame.addEventListener("click", (event) => { if (from?.moved) event.preventDefault(); }, true);
    frame.addEventListener("dragstart", (event) => event.preventDefault());
  }
})();
