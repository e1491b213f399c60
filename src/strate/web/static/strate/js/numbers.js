/* Numbers with gloves: steppers, a keypad with the decimal comma, bounds said in words, the PIN pad. */
(() => {
  "use strict";

  const { say } = window.strate;
  const coarse = matchMedia("(pointer: coarse)").matches;
  const comma = document.documentElement.lang.startsWith("fr") ? "," : ".";
  const plain = (text) => text.trim().replace(/\s/g, "").replace(",", ".").replace("−", "-");
  const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(text);
  const decimals = (text) => (text.split(".")[1] ?? "").length;

  /* Steps are counted in whole units of the last digit: 0.1 + 0.2 is 0.3 here. */
  function add(text, step, sign) {
    const start = isNumber(plain(text)) ? plain(text) : "0";
    const places = Math.max(decimals(start), decimals(step));
    const scale = 10 ** places;
    const sum = Math.round(Number(start) * scale) + sign * Math.round(Number(step) * scale);
    return (sum / scale).toFixed(places).replace(".", comma);
  }

  function judge(field) {
    const input = field.querySelector("input");
    const text = plain(input.value);
    const { min, max } = field.dataset;
    const low = plain(min), high = plain(max);
    let wrong = "";
    if (text && !isNumber(text)) wrong = say("notnumber");
    else if (text && low && Number(text) < Number(low)) wrong = say("below");
    else if (text && high && Number(text) > Number(high)) wrong = say("above");
    field.classList.toggle("is-wrong", Boolean(wrong));
    input.toggleAttribute("aria-invalid", Boolean(wrong));
    if (wrong) input.setAttribute("aria-invalid", "true");
    field.querySelector("[data-said]").textContent = wrong;
  }

  function changed(input) {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    judge(input.closest("[data-quantity]"));
  }

  function press(input, key) {
    const at = input.selectionStart ?? input.value.length;
    const to = input.selectionEnd ?? at;
    const cut = key === "erase" && at === to ? Math.max(0, at - 1) : at;
    const put = key === "erase" ? "" : key;
    input.value = input.value.slice(0, cut) + put + input.value.slice(to);
    input.setSelectionRange?.(cut + put.length, cut + put.length);
  }

  function pad(keys, onKey) {
    const box = document.createElement("div");
    box.className = "keypad";
    for (const key of keys) {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      button.textContent = key === "erase" ? "⌫" : key;
      if (key === "erase") button.setAttribute("aria-label", say("erase"));
      // The box keeps the focus, so that a keyboard and the pad can be mixed.
      button.addEventListener("pointerdown", (event) => { event.preventDefault(); onKey(key); });
      if (key === "") button.hidden = true;
      box.append(button);
    }
    return box;
  }

  function quantity(field) {
    const input = field.querySelector("input");
    // On a slow tablet the number may be typed, or the box touched, before this script has come.
    const typed = input.value !== input.defaultValue, here = document.activeElement === input;
    if (!here) input.value = input.value.replace(".", comma);
    if (typed && !here) judge(field);
    const step = plain(field.dataset.step || "1");
    const move = (sign) => { input.value = add(input.value, step, sign); changed(input); };
    for (const [name, sign] of [["less", -1], ["more", 1]]) {
      const button = field.querySelector(`[data-${name}]`);
      let timer;
      const stop = () => clearInterval(timer);
      button.addEventListener("click", () => move(sign));
      button.addEventListener("pointerdown", () => { timer = setTimeout(() => { timer = setInterval(() => move(sign), 90); }, 500); });
      for (const end of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(end, stop);
    }
    input.addEventListener("blur", () => judge(field));
    if (!coarse) return;
    input.inputMode = "none";
    const below = plain(field.dataset.min).startsWith("-") ? ["−"] : [];
    const keys = pad(["7", "8", "9", "4", "5", "6", "1", "2", "3", comma, "0", "erase", ...below], (key) => { press(input, key); changed(input); });
    keys.hidden = true;
    field.querySelector(".quantity").after(keys);
    const open = () => {
      keys.hidden = false;
      field.scrollIntoView({ block: "center" });
    };
    input.addEventListener("focus", open);
    if (here) open();
    // One keypad at a time; it goes once the finger is up, or what the finger is on would slide away under it.
    let pressed = false;
    document.addEventListener("pointerdown", () => { pressed = true; });
    for (const ended of ["pointerup", "pointercancel"]) document.addEventListener(ended, () => { pressed = false; });
    for (const reached of ["click", "focusin"]) {
      document.addEventListener(reached, (event) => {
        if (!field.contains(event.target) && !(reached === "focusin" && pressed)) keys.hidden = true;
      });
    }
  }

  function pin(field) {
    const input = field.querySelector("input");
    const length = Number(field.dataset.pin);
    const dots = document.createElement("div");
    dots.className = "pin-dots";
    dots.setAttribute("aria-hidden", "true");
    for (let i = 0; i < length; i += 1) dots.append(document.createElement("i"));
    const draw = () => [...dots.children].forEach((dot, i) => dot.classList.toggle("is-typed", i < input.value.length));
    const typed = () => {
      input.value = input.value.replace(/\D/g, "").slice(0, Math.max(length, 12));
      draw();
      if ("pinSubmit" in field.dataset && input.value.length === length) input.form.requestSubmit();
    };
    input.addEventListener("input", typed);
    const keys = pad(["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "erase"], (key) => {
      input.value = key === "erase" ? input.value.slice(0, -1) : input.value + key;
      if (document.activeElement !== input) input.focus({ preventScroll: true });
      typed();
    });
    if (coarse) input.inputMode = "none";
    field.classList.add("has-keypad");
    field.querySelector("[data-keypad]").append(dots, keys);
    keys.addEventListener("click", () => input.focus({ preventScroll: true }));
    // Typed before this script had come, it counts all the same.
    if (input.value) typed();
  }

  function start(root) {
    for (const field of root.querySelectorAll("[data-quantity]:not([data-live])")) { field.dataset.live = "1"; quantity(field); }
    for (const field of root.querySelectorAll("[data-pin]:not([data-live])")) { field.dataset.live = "1"; pin(field); }
  }
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target.parentElement ?? document));
})();
