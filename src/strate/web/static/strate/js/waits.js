/* A wait is counted down on the page by the server's clock; at its end the next gesture is free, without reloading. */
(() => {
  "use strict";

  const two = (n) => String(n).padStart(2, "0");

  function said(seconds) {
    const hours = Math.floor(seconds / 3600);
    const rest = `${two(Math.floor(seconds / 60) % 60)}\u202fmin ${two(seconds % 60)}\u202fs`;
    return hours ? `${hours}\u202fh ${rest}` : rest;
  }

  function watch(box) {
    const ends = Date.parse(box.dataset.wait);
    // The clock of a tablet may be wrong by hours: only what has passed since the page came is trusted.
    const offset = Date.parse(box.dataset.serverNow) - Date.now();
    const tick = () => {
      const seconds = Math.ceil((ends - Date.now() - offset) / 1000);
      box.querySelector("[data-left]").textContent = said(Math.max(seconds, 0));
      if (seconds > 0) { setTimeout(tick, 250); return; }
      box.querySelector("[data-over]").hidden = false;
      for (const button of document.querySelectorAll(".action[disabled]")) button.disabled = false;
      window.strate.sound(true);
    };
    tick();
  }

  document.querySelectorAll("[data-wait]").forEach(watch);
})();
