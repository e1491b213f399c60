/* A wedge reader types very fast and ends with Enter: heard from the first moment of the page, before its other scripts have come. */
(() => {
  "use strict";

  // A reader types a key every few milliseconds; a busy tablet may see one late, so the average judges.
  const AVERAGE_MS = 60;
  const PAUSE_MS = 250;
  const SHORTEST = 4;
  // What is typed there, however fast, is never taken for a code: a code may stand in an address, a secret never.
  const SECRET = "input[type=password], [data-pin] input, [autocomplete~=one-time-code]";
  let burst = "";
  let first = 0;
  let last = 0;
  let before = null;

  // Whoever knows where a code goes takes those that wait here, then each as it comes.
  const waiting = [];
  let taker = (...read) => waiting.push(read);
  window.strateReader = {
    takenBy(take) {
      taker = take;
      for (const read of waiting.splice(0)) take(...read);
    },
  };

  /* What the reader typed into another box by mistake is taken out of it again; a box that waits for a code keeps it. */
  function giveBack() {
    const place = before?.field.closest("[data-scan]");
    if (!before || place) return place;
    before.field.value = before.value;
    before.field.dispatchEvent(new Event("input", { bubbles: true }));
    return null;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches?.(SECRET)) { burst = ""; return; }
    const pause = event.timeStamp - last > PAUSE_MS;
    last = event.timeStamp;
    const fast = (last - first) / Math.max(1, burst.length) < AVERAGE_MS;
    if (event.key === "Enter" && burst.length >= SHORTEST && fast && !pause) {
      event.preventDefault();
      event.stopPropagation();
      const code = burst;
      burst = "";
      taker(code, giveBack());
      return;
    }
    if (event.key.length !== 1) { if (event.key !== "Shift") burst = ""; return; }
    if (pause || !burst) {
      burst = "";
      first = last;
      const field = event.target;
      before = field.matches?.("input, textarea") ? { field, value: field.value } : null;
    }
    burst += event.key;
  }, true);
})();
