/* Scanning: wherever the cursor is, what a reader or the camera has read goes to the right place. */
(() => {
  "use strict";

  const { say, sound } = window.strate;

  /* Into the field it was read in; read elsewhere, into the first that waits for a code; else to what bears it. */
  function take(code, place) {
    const all = [...document.querySelectorAll("[data-scan]")];
    const field = all.find((f) => f === place) ?? all.find((f) => !f.querySelector("input").value) ?? all[0];
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

  function previewed(photo) {
    const input = photo.querySelector("input[type=file]");
    const show = () => {
      const shown = [...input.files].map((file) => {
        const image = document.createElement("img");
        image.className = "photo-preview";
        image.alt = file.name;
        image.src = URL.createObjectURL(file);
        return image;
      });
      photo.querySelector("[data-previews]").replaceChildren(...shown);
    };
    input.addEventListener("change", show);
    // Taken before this script had come.
    if (input.files.length) show();
  }
  document.querySelectorAll("[data-photo]").forEach(previewed);

  /* A file is chosen in the language of the page: the browser's own words are those of the tablet, whatever the page speaks. */
  function worded(input) {
    const [box, button, name] = ["span", "span", "span"].map((tag) => document.createElement(tag));
    box.className = "file";
    const shown = document.createElement("span");
    shown.className = "file-shown";
    shown.setAttribute("aria-hidden", "true");
    button.className = "button";
    button.textContent = say("file-choose");
    name.className = "file-name";
    input.replaceWith(box);
    shown.append(button, name);
    box.append(input, shown);
    const show = () => { name.textContent = [...input.files].map((file) => file.name).join(", ") || say("file-none"); };
    input.addEventListener("change", show);
    input.form?.addEventListener("reset", () => setTimeout(show));
    show();
  }
  const dress = (root) => root.querySelectorAll(".field input[type=file]").forEach((input) => { if (!input.closest(".file, [data-photo]")) worded(input); });
  dress(document);
  document.addEventListener("htmx:load", (event) => dress(event.target.parentElement ?? document));
  window.strateReader.takenBy(take);
})();
