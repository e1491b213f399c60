/* A person who walks away is signed out; the station and what was typed stay. Half a minute of warning. */
(() => {
  "use strict";

  const { say, toast, sound } = window.strate;
  const minutes = Number(document.body.dataset.idleMinutes);
  if (!minutes) return;
  const WARNING_S = 30;
  const PING_S = 60;
  let touched = Date.now();
  let told = Date.now();
  let warning = null;

  const touch = () => {
    touched = Date.now();
    if (warning) { warning.box.remove(); warning = null; tell(); }
  };
  // The server counts requests; somebody who types for long must not look absent.
  const tell = () => {
    told = Date.now();
    fetch("/", { method: "HEAD", credentials: "same-origin" }).catch(() => null); // without network the outbox already says so
  };

  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, touch, { passive: true, capture: true });
  setInterval(() => {
    const left = Math.ceil(minutes * 60 - (Date.now() - touched) / 1000);
    if (touched > told && Date.now() - told > PING_S * 1000) tell();
    if (left <= 0) { location.replace(location.pathname + location.search); return; }
    if (left > WARNING_S) return;
    if (!warning) { warning = toast("", "warn", { word: say("stay"), run: touch }); sound(false); }
    warning.line.textContent = say("idle", left);
  }, 1000);
})();
