/* The frame of every page: words, toasts, sounds, theme, one sending per form. No framework; each island owns one element. */
(() => {
  "use strict";

  const words = document.getElementById("words")?.dataset ?? {};
  const HELD_AT_MOST_MS = 5000;
  const say = (key, n) => (words[key.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] ?? "").replace("{n}", n);

  function toast(text, tone = "live", action) {
    // Said again, it replaces what was said: two equal notices hide the page.
    for (const old of document.querySelectorAll("[data-toasts] > .notice")) {
      if (text && old.querySelector("p")?.textContent === text) old.remove();
    }
    const box = document.createElement("div");
    box.className = `notice is-${tone}`;
    const line = document.createElement("p");
    line.textContent = text;
    box.append(document.createElement("span"), line);
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button is-accent";
      button.textContent = action.word;
      button.addEventListener("click", () => { action.run(); box.remove(); });
      box.append(button);
    } else {
      setTimeout(() => box.remove(), 7000);
    }
    document.querySelector("[data-toasts]")?.append(box);
    return { box, line };
  }

  /* two notes up: read; one low and long: refused. The tablet also trembles, for those who wear ear protection. */
  let ears;
  function sound(good) {
    // A browser refuses both before the first touch of the page.
    if (navigator.userActivation?.hasBeenActive === false) return;
    navigator.vibrate?.(good ? 60 : [120, 80, 240]);
    const Audio = window.AudioContext ?? window.webkitAudioContext;
    if (!Audio) return;
    ears ??= new Audio();
    const notes = good ? [[880, 0, 0.08], [1320, 0.09, 0.1]] : [[196, 0, 0.38]];
    for (const [pitch, start, long] of notes) {
      const tone = ears.createOscillator();
      const gain = ears.createGain();
      tone.type = good ? "sine" : "square";
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0.18, ears.currentTime + start);
      gain.gain.exponentialRampToValueAtTime(0.001, ears.currentTime + start + long);
      tone.connect(gain).connect(ears.destination);
      tone.start(ears.currentTime + start);
      tone.stop(ears.currentTime + start + long);
    }
  }

  function dress(theme) {
    const root = document.documentElement;
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    document.cookie = `strate_theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
    markTheme();
  }
  function markTheme() {
    const now = document.documentElement.dataset.theme ?? "";
    for (const button of document.querySelectorAll("[data-theme-set]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === now));
    }
  }

  function stamp(form) {
    const now = new Date().toISOString();
    for (const field of form.querySelectorAll("[data-happened]")) field.value ||= now;
    for (const field of form.querySelectorAll("[data-now]")) field.value = now;
  }

  /* A second tap on the same button sends nothing; the server's key would catch it anyway. */
  function guard(event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    stamp(form);
    form.dataset.sending = Date.now();
    // A file that comes leaves the page as it is: it can be asked for again.
    if ("download" in form.dataset) setTimeout(release, HELD_AT_MOST_MS, form);
    for (const button of document.querySelectorAll("button[type=submit], button:not([type])")) {
      if (button.form === form) button.classList.add("is-sending");
    }
  }
  function release(form) {
    if (!form) return;
    delete form.dataset.sending;
    for (const field of form.querySelectorAll("[data-happened]")) field.value = "";
    for (const button of document.querySelectorAll(".is-sending")) {
      if (button.form === form) button.classList.remove("is-sending");
    }
  }

  /* What has just been shown is told to eyes, ears and hands together; whoever types already is not taken elsewhere. */
  function announce(root) {
    const lead = (to) => { if (!document.activeElement?.matches("input, select, textarea")) to?.focus(); };
    const refusal = root.querySelector("[data-refusal]");
    if (refusal) { lead(refusal); sound(false); return; }
    if (root.querySelector(".scan.is-refused")) sound(false);
    else if (root.querySelector(".scan.is-read")) sound(true);
    lead(root.querySelector("[aria-invalid=true]"));
  }

  window.strate = { say, toast, sound, stamp, release };

  document.addEventListener("submit", guard);
  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-set]");
    if (theme) dress(theme.dataset.themeSet);
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // A page brought back by the browser's own memory must be able to send again.
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) document.querySelectorAll("form[data-sending]").forEach(release); });
  // A page that renews a piece of itself again and again does not take it from under a finger, nor a form being sent: for
  // a while only, since what is not renewed would pass for live.
  let pressed = null;
  document.addEventListener("pointerdown", ({ target }) => { pressed = { target, at: Date.now() }; }, true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => { pressed = null; }), true);
  document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    if (!detail.requestConfig.elt.getAttribute("hx-trigger")?.startsWith("every ")) return;
    const lately = (at) => Date.now() - at < HELD_AT_MOST_MS;
    const sending = [...target.querySelectorAll("form[data-sending]")].some((form) => lately(Number(form.dataset.sending)));
    if (sending || (pressed && lately(pressed.at) && target.contains(pressed.target))) detail.shouldSwap = false;
  });
  // Whoever goes by the keyboard stays on the same door when the piece of the page it stands in is renewed.
  const DOORS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const mark = (door) => [door.tagName, door.id || door.name || door.getAttribute("href") || door.textContent.trim()].join(" ");
  const alike = (wanted) => [...document.querySelectorAll(DOORS)].filter((door) => mark(door) === wanted);
  let stood = null;
  document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    const on = document.activeElement;
    if (!detail.shouldSwap || on === target || !target.contains(on)) { stood = null; return; }
    stood = { wanted: mark(on), nth: alike(mark(on)).indexOf(on) };
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (stood && document.activeElement === document.body) alike(stood.wanted)[stood.nth]?.focus({ preventScroll: true });
    stood = null;
  });
  document.addEventListener("htmx:afterSettle", (event) => announce(event.target));
  document.addEventListener("htmx:responseError", () => { toast(say("failed"), "stop"); sound(false); });
  // What is asked on the way, while a form is filled, bears its hour too; the form itself gets its own when it is sent.
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    for (const field of target.closest("form")?.querySelectorAll("[data-happened], [data-now]") ?? []) {
      detail.parameters[field.name] = new Date().toISOString();
    }
  });
  markTheme();
  announce(document);
})();
