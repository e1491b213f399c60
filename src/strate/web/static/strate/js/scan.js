/* Scanning: a wedge reader types very fast and ends with Enter; wherever the cursor is, the code goes to the right place. */
(() => {
  "use strict";

  const { say, sound } = window.strate;
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

  function take(code) {
    const field = [...document.querySelectorAll("[data-scan]")].find((f) => !f.querySelector("input").value) ?? document.querySelector("[data-scan]");
    if (field) { fill(field, code); return; }
    const door = document.querySelector("[data-scan-open]");
    if (door && !perhapsPin(code)) location.assign(`${door.getAttribute("href")}?code=${encodeURIComponent(code)}`);
  }

  /* Digits typed beside the box that asks for a PIN are still a PIN. */
  function perhapsPin(code) {
    return /^\d+$/.test(code) && document.querySelector("[data-pin]") !== null;
  }

  function fill(field, code) {
    const input = field.querySelector("input");
    input.value = code;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    field.querySelector(".scan").classList.remove("is-refused");
    field.querySelector(".scan").classList.add("is-read");
    field.querySelector(".scan-said").textContent = `${say("read")} ${code}`;
    sound(true);
    if ("scanSubmit" in field.dataset) input.form.requestSubmit();
    else field.dispatchEvent(new CustomEvent("strate:scanned", { bubbles: true, detail: { code } }));
  }

  /* What the reader typed into another box by mistake is taken out of it again. */
  function giveBack() {
    if (!before || before.field.closest("[data-scan]")) return;
    before.field.value = before.value;
    before.field.dispatchEvent(new Event("input", { bubbles: true }));
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
      giveBack();
      take(code);
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

  /* The camera is the same reader with another eye: what it reads goes where a wedge would have typed it. */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-camera]");
    if (!button || button.disabled) return;
    const field = button.closest("[data-scan]");
    button.disabled = true;
    try {
      const { look } = await import(button.dataset.camera);
      const code = await look(say, button.dataset.decoder);
      if (code) fill(field, code.trim());
      else button.focus();
    } catch (error) {
      field.querySelector(".scan-said").textContent = `${say("camera-broken")} ${say("camera-otherwise")}`;
      sound(false);
      console.warn(error);
    } finally {
      button.disabled = false;
    }
  });
  for (const button of document.querySelectorAll("[data-camera]")) button.hidden = false;
  document.addEventListener("htmx:afterSettle", (event) => {
    for (const button of event.target.querySelectorAll?.("[data-camera]") ?? []) button.hidden = false;
  });

  for (const photo of document.querySelectorAll("[data-photo]")) {
    const input = photo.querySelector("input[type=file]");
    input.addEventListener("change", () => {
      const shown = [...input.files].map((file) => {
        const image = document.createElement("img");
        image.className = "photo-preview";
        image.alt = file.name;
        image.src = URL.createObjectURL(file);
        return image;
      });
      photo.querySelector("[data-previews]").replaceChildren(...shown);
    });
  }
})();
