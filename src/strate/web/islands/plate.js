/* The plate seen from above: the chosen copy is dragged by finger or mouse; where it is let go is typed in its form and sent. */

const STARTS_PX = 6;
// A hand is not finer than this on a tablet.
const STEP_MM = 0.5;

export async function start(element) {
  const svg = element.querySelector("svg"), copy = svg?.querySelector("a[aria-current]");
  const form = document.querySelector(element.dataset.form);
  if (!copy || !form) return;
  copy.classList.add("is-loose");
  new Drag(svg, copy, form, Number(element.dataset.depth));
}

class Drag {
  constructor(svg, copy, form, depth) {
    Object.assign(this, { svg, copy, form, depth, from: null });
    this.fields = { x: form.elements.x_um, y: form.elements.y_um };
    this.start = { x: Number(copy.dataset.x) / 1000, y: Number(copy.dataset.y) / 1000 };
    // A finger on the chosen copy moves the copy, never the page: a shape of a picture cannot say so by its style.
    copy.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    copy.addEventListener("pointerdown", (event) => this.take(event));
    copy.addEventListener("pointermove", (event) => this.move(event));
    copy.addEventListener("pointerup", (event) => this.drop(event));
    copy.addEventListener("pointercancel", () => this.leave());
    copy.addEventListener("keydown", (event) => { if (event.key === "Escape") this.leave(); });
    // A drag ends on a link, and the browser has its own way of dragging links.
    copy.addEventListener("dragstart", (event) => event.preventDefault());
    copy.addEventListener("click", (event) => { if (this.moved) event.preventDefault(); });
    for (const field of Object.values(this.fields)) field.addEventListener("input", () => this.typed());
    // A place that was refused is still typed: it is shown too.
    this.typed();
  }

  /* A place on the screen, in mm of the plate, y towards the back. */
  mm(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x, y: this.depth - y };
  }

  take(event) {
    if (event.button !== 0) return;
    this.from = { ...this.mm(event), px: event.clientX, py: event.clientY, was: this.at ?? this.start };
    this.moved = false;
    this.copy.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.from) return;
    if (!this.moved && Math.hypot(event.clientX - this.from.px, event.clientY - this.from.py) < STARTS_PX) return;
    this.moved = true;
    const here = this.mm(event), { was } = this.from;
    this.show({ x: step(was.x + here.x - this.from.x), y: step(was.y + here.y - this.from.y) });
    this.write();
  }

  drop() {
    if (!this.from) return;
    this.from = null;
    if (this.moved) this.form.requestSubmit();
  }

  leave() {
    if (!this.from) return;
    const { was } = this.from;
    this.from = null;
    this.show(was);
    this.write();
  }

  show(at) {
    this.at = at;
    const right = at.x - this.start.x, up = at.y - this.start.y;
    this.copy.setAttribute("transform", `translate(${right.toFixed(3)} ${(-up).toFixed(3)})`);
  }

  write() {
    const comma = document.documentElement.lang.startsWith("fr") ? "," : ".";
    for (const axis of ["x", "y"]) {
      this.fields[axis].value = String(Number(this.at[axis].toFixed(3))).replace(".", comma);
    }
  }

  /* What is typed is seen before it is sent. */
  typed() {
    if (this.from) return;
    const at = { x: number(this.fields.x.value), y: number(this.fields.y.value) };
    if (Number.isFinite(at.x) && Number.isFinite(at.y)) this.show(at);
  }
}

function step(mm) { return Math.round(mm / STEP_MM) * STEP_MM; }

function number(text) { return text.trim() ? Number(text.replace(/\s/g, "").replace(",", ".").replace("−", "-")) : NaN; }
