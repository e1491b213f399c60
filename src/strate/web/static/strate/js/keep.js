/* Nothing typed is lost: what is typed is kept on the tablet, and gestures made without network wait their turn. */
(() => {
  "use strict";

  const { say, toast, release } = window.strate;
  const HOURS_KEPT = 12;
  const writer = document.body.dataset.writer;
  const keeps = (field) => field.name && !field.matches("[data-nodraft], [type=hidden], [type=password], [type=file]");
  const forms = () => [...document.querySelectorAll('form[method="post"]:not([data-nodraft])')];
  const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
  const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));

  function keyOf(form) {
    const name = form.dataset.draft || form.id || form.getAttribute("action") || "";
    return `strate.draft:${location.pathname}:${name}`;
  }

  function keep(form) {
    const values = [...form.elements].filter(keeps).map((field) => [
      field.name, field.type === "checkbox" || field.type === "radio" ? [field.value, field.checked] : field.value,
    ]);
    write(keyOf(form), { at: Date.now(), values });
  }

  /* Only fields as the server sent them are filled: an answer of the server is the truth. */
  function restore(form) {
    const draft = read(keyOf(form));
    if (!draft || Date.now() - draft.at > HOURS_KEPT * 3600e3) return false;
    let back = false;
    for (const [name, value] of draft.values) {
      for (const field of [...form.elements].filter((f) => f.name === name && keeps(f))) {
        if (Array.isArray(value)) {
          if (field.value === value[0] && field.checked !== value[1]) { field.checked = value[1]; back = true; }
        } else if (value && !field.value) { field.value = value; back = true; }
      }
    }
    return back;
  }

  /* A draft is dropped when the page after the sending is not a refusal of it. */
  function forget() {
    const sent = sessionStorage.getItem("strate.sent");
    sessionStorage.removeItem("strate.sent");
    const refused = document.querySelector("[data-refusal], [aria-invalid=true], [data-keep-drafts]");
    if (sent && !refused) localStorage.removeItem(sent);
  }

  /* ---- gestures that wait for the network ---- */
  const OUTBOX = "strate.outbox";
  const waiting = () => read(OUTBOX) ?? [];

  function show() {
    const bar = document.querySelector("[data-outbox]");
    if (!bar) return;
    const n = waiting().length;
    bar.hidden = n === 0 && navigator.onLine;
    const count = n === 1 ? say("unsentOne") : n ? say("unsentMany", n) : "";
    bar.querySelector("[data-outbox-said]").textContent = [navigator.onLine ? "" : say("offline"), count].filter(Boolean).join(" ");
  }

  function hold(form) {
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    write(OUTBOX, [...waiting(), { to: form.action, body: body.toString(), writer, at: Date.now() }]);
    const next = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    form.querySelector("[name=command]")?.setAttribute("value", next);
    localStorage.removeItem(keyOf(form));
    form.reset();
    show();
  }

  /* The gesture keeps its own hour; the token and the hour of the tablet are those of the sending. */
  function fresh(entry) {
    const body = new URLSearchParams(entry.body);
    if (token()) body.set("csrfmiddlewaretoken", token());
    if (body.has("device_now")) body.set("device_now", new Date().toISOString());
    return body.toString();
  }

  /* Each waits for its own writer; one that is refused or stuck never blocks the others. */
  async function send() {
    if (!navigator.onLine) return;
    for (const entry of waiting().filter((e) => e.writer === writer && !e.refused)) {
      const answer = await fetch(entry.to, {
        method: "POST", body: fresh(entry), redirect: "manual", credentials: "same-origin",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      }).catch(() => null); // no network yet: it stays in the outbox and is shown as such
      if (!answer || answer.status >= 500) continue;
      const done = answer.ok || answer.type === "opaqueredirect";
      write(OUTBOX, waiting().flatMap((e) => (e.body === entry.body ? (done ? [] : [{ ...e, refused: true }]) : [e])));
      if (!done) toast(say("failed"), "stop");
    }
    show();
  }
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.method === "post" && !form.matches("[data-nodraft]") && keeps(event.target)) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    sessionStorage.setItem("strate.sent", keyOf(form));
    if (navigator.onLine) return;
    event.preventDefault();
    release(form);
    if (form.matches("[data-outbox-form]") && !form.querySelector("[type=password]")) hold(form);
    else keep(form);
    toast(say("offline"), "warn");
  });
  document.addEventListener("htmx:sendError", () => { toast(say("offline"), "warn"); show(); });
  window.addEventListener("online", () => { show(); send(); });
  window.addEventListener("offline", show);

  forget();
  if (forms().map(restore).some(Boolean)) toast(say("restored"), "live");
  show();
  send();
  setInterval(send, 20000);
})();
