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

  /* A field that no longer says what the server sent. */
  function altered(field) {
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (!field.matches("select")) return field.value !== field.defaultValue;
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    return chosen.length ? chosen.some((option) => !option.selected) : field.selectedIndex > 0;
  }
  const FIELDS = "input:not([type=hidden], [type=password], [type=file]), select, textarea";
  const alteredNow = () => [...document.querySelectorAll(FIELDS)].filter((field) => field.form && altered(field));
  // Typed on a slow tablet before this script had come, or put back by the browser.
  const early = new Set(alteredNow());
  // What changed before all who listen to typing were there.
  let unheard = new Set();
  const saysOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? [field.value, field.checked] : field.value);
  const equal = (one, other) => String(one) === String(other);

  const nameOf = (form) => form.dataset.draft || form.id || form.getAttribute("action") || "";

  function keyOf(form) {
    // Forms of one page that bear no name of their own are told apart by their rank: what is typed in one stays its own.
    const rank = forms().filter((other) => nameOf(other) === nameOf(form)).indexOf(form);
    // Whose draft it is stands in its name: on a shared tablet nobody is given another's words, nor their key.
    return `strate.draft:${writer}:${location.pathname}:${nameOf(form)}${rank > 0 ? `#${rank}` : ""}`;
  }

  function newKey() {
    return crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  }
  const commandOf = (form) => form.querySelector("[name=command]");

  // The version a form was filled on, when it says one: its draft goes back with it, so that the server can compare.
  const basisOf = (form) => form.querySelector("[data-basis]");

  function keep(form, sent = "") {
    const values = [...form.elements].filter(keeps).map((field) => [field.name, saysOf(field), field.defaultValue]);
    write(keyOf(form), { at: Date.now(), values, sent, basis: basisOf(form)?.value });
  }

  /* Only fields as the server sent them when they were typed in are filled: a newer answer of the server is the truth,
     and so is what somebody types while the page still comes. */
  function restore(form) {
    const draft = read(keyOf(form));
    if (!draft || Date.now() - draft.at > HOURS_KEPT * 3600e3) return false;
    let back = false;
    for (const [name, value, before] of draft.values) {
      for (const field of [...form.elements].filter((f) => f.name === name && keeps(f) && !f.disabled)) {
        if (early.has(field)) {
          back ||= equal(saysOf(field), value);
        } else if (Array.isArray(value)) {
          if (field.value === value[0] && field.checked !== value[1]) { field.checked = value[1]; back = true; }
        } else if (field.value !== value && ((value && !field.value) || field.value === before || draft.basis !== undefined)) {
          field.value = value; back = true;
        }
      }
    }
    if (back && draft.basis !== undefined && basisOf(form)) basisOf(form).value = draft.basis;
    // Sent before, never acknowledged: the same key again, so that the server can tell it had arrived.
    if (draft.sent && commandOf(form)) commandOf(form).value = draft.sent;
    return back;
  }

  /* A draft is dropped when the server has acknowledged the sending, and does not refuse it. */
  function forget() {
    const sent = JSON.parse(sessionStorage.getItem("strate.sent") ?? "null");
    sessionStorage.removeItem("strate.sent");
    const received = document.cookie.split("; ").includes(`strate_received=${sent?.command}`);
    const refused = document.querySelector("[data-refusal], [aria-invalid=true], [data-keep-drafts]");
    if (sent && received && !refused) localStorage.removeItem(sent.key);
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
    commandOf(form)?.setAttribute("value", newKey());
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
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Strate-Outbox": "1" },
      }).catch(() => null); // no network yet: it stays in the outbox and is shown as such
      // 401: its writer is no longer signed in on this tablet; it waits for them.
      if (!answer || answer.status >= 500 || answer.status === 401) continue;
      const done = answer.ok || answer.type === "opaqueredirect";
      write(OUTBOX, waiting().flatMap((e) => (e.body === entry.body ? (done ? [] : [{ ...e, refused: true }]) : [e])));
      if (!done) toast(say("failed"), "stop");
    }
    show();
  }
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  /* What changed before all who listen to typing were there is told to them once they are: a balance, a verdict, a
     preview never stands beside numbers it does not know. */
  let telling = false;
  const holds = (draft, field) => draft?.values.some(([name, value]) => name === field.name && equal(value, saysOf(field)));
  document.addEventListener("DOMContentLoaded", () => {
    telling = true;
    for (const field of unheard) for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    telling = false;
    unheard = null;
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!telling && form) unheard?.add(event.target);
    if (form?.method !== "post" || form.matches("[data-nodraft]") || !keeps(event.target)) return;
    const before = read(keyOf(form));
    if (telling && (!early.has(event.target) || holds(before, event.target))) return;
    if (before?.sent && commandOf(form)?.value === before.sent) commandOf(form).value = newKey();
    keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    const command = commandOf(form)?.value ?? "";
    sessionStorage.setItem("strate.sent", JSON.stringify({ key: keyOf(form), command }));
    if (navigator.onLine) { if (!form.matches("[data-nodraft]")) keep(form, command); return; }
    event.preventDefault();
    release(form);
    // A PIN is never kept, a photo cannot be: such a form stays on the screen as it is.
    const bound = form.querySelector("[type=password]") || [...form.querySelectorAll("[type=file]")].some((f) => f.files.length);
    if (form.matches("[data-outbox-form]") && !bound) hold(form);
    else keep(form);
    toast(say("offline"), "warn");
  });
  // What could not be read again says so, where it matters that it is of before.
  const stale = (event) => event.target.querySelectorAll("[data-stale]").forEach((each) => { each.hidden = false; });
  document.addEventListener("htmx:sendError", (event) => { toast(say("offline"), "warn"); show(); stale(event); });
  document.addEventListener("htmx:responseError", stale);
  window.addEventListener("online", () => { show(); send(); });
  window.addEventListener("offline", show);

  forget();
  if (forms().map(restore).some(Boolean)) toast(say("restored"), "live");
  unheard = new Set(alteredNow());
  show();
  send();
  setInterval(send, 20000);
})();
