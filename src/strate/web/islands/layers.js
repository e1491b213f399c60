/* The layer viewer: owns one element, reads the layers of one part from the public API, draws the one asked for at once. */
import { keep, palette, whenDressed, whenPrinted, written } from "./dress.js";
import { hands } from "./hands.js";
import { openLayers } from "./layers/store.js";
import { Sheet } from "./layers/paint.js";
import { Profile } from "./layers/profile.js";
import { withMachine } from "./layers/machine.js";

const RESTS_MS = 160;
const TONES = { refused: "stop-fill", to_check: "warn-fill", idle: "live-fill" };

export async function start(element) {
  const part = (name) => element.querySelector(`[data-${name}]`);
  const said = part("said"), slider = part("slider"), view = part("sheet");
  said.textContent = said.dataset.coming;
  let layers;
  try {
    layers = await openLayers(element.dataset.layers, { waiting: () => { said.textContent = said.dataset.working; } });
  } catch (refused) {
    said.textContent = refused.message || said.dataset.failed;
    return;
  }
  for (const hidden of element.querySelectorAll("[data-awake]")) hidden.hidden = false;
  part("asleep")?.remove();
  said.textContent = "";
  new Viewer(element, part, layers, slider, view);
}

class Viewer {
  constructor(element, part, layers, slider, view) {
    Object.assign(this, { element, part, layers, slider, view, below: true, way: 1, asked: 0 });
    const { index } = layers;
    this.sheet = new Sheet(view, index.box);
    this.profile = new Profile(part("profile"), index);
    this.profile.runs = runsOf(element.dataset.runs);
    this.marks = this.findings();
    slider.min = 1;
    slider.max = index.layers;
    this.follower = element.dataset.follow && document.querySelector(element.dataset.follow);
    // The slider the page had before the viewer woke may have been moved meanwhile; then one is enough.
    const first = Number(this.follower?.value || element.dataset.layer) || Math.ceil(index.layers / 2);
    this.layer = Math.min(Math.max(first, 1), index.layers);
    if (this.follower && this.follower.value !== this.follower.defaultValue) delete element.dataset.follows;
    if (this.follower) this.follower.hidden = true;
    this.dress();
    this.listen();
    this.go(this.layer);
    this.machine = withMachine(element, {
      made: (runs) => { this.profile.runs = runsOf(runs); this.draw(); },
      go: (layer) => this.go(layer, performance.now()),
    });
  }

  /* The findings of the page, each at the layer that holds its place. */
  findings() {
    const { box } = this.layers.index;
    return [...document.querySelectorAll("[data-finding][data-point]")].map((row) => {
      const [x, y, z] = row.dataset.point.split(" ").map(Number);
      return {
        layer: this.layers.layerAt(z * 1000), x: x - box.lowX / 1000, y: y - box.lowY / 1000,
        colour: TONES[row.dataset.state] ?? "live-fill", number: row.dataset.finding, row,
      };
    });
  }

  listen() {
    const { slider, view, sheet } = this, navigator = this.part("profile");
    slider.addEventListener("input", (event) => this.go(Number(slider.value), event.timeStamp));
    let sliding = false;
    navigator.addEventListener("pointerdown", (event) => {
      sliding = true;
      navigator.setPointerCapture(event.pointerId);
      this.go(this.profile.layerAt(event.clientY), event.timeStamp);
    });
    navigator.addEventListener("pointermove", (event) => {
      if (sliding) this.go(this.profile.layerAt(event.clientY), event.timeStamp);
    });
    for (const end of ["pointerup", "pointercancel"]) navigator.addEventListener(end, () => { sliding = false; });
    hands(view, {
      pan: (x, y) => { sheet.pan(x, y); this.draw(); },
      zoom: (factor, x, y) => { sheet.zoomBy(factor, x, y); this.draw(); },
    });
    view.addEventListener("keydown", (event) => this.key(event));
    for (const button of this.element.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.act(button.dataset.do, button));
    }
    document.addEventListener("strate:height", (event) => {
      if (event.detail.from !== this.element) this.go(this.layers.layerAt(event.detail.um), undefined, true);
    });
    document.addEventListener("strate:finding", (event) => {
      const mark = this.marks.find(({ row }) => row === event.detail.row);
      if (mark) this.go(mark.layer);
    });
    whenDressed(() => this.dress());
    whenPrinted(() => { this.dress(); this.paint(); }, () => this.dress());
    new ResizeObserver(() => this.draw()).observe(view);
  }

  dress() { this.colours = palette(this.element); this.draw(); }

  key(event) {
    const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0] };
    const verbs = {
      ArrowUp: "up", ArrowDown: "down", PageUp: "up10", PageDown: "down10", Home: "fit", "+": "larger", "=": "larger", "-": "smaller",
    };
    if (moves[event.key]) { this.sheet.pan(...moves[event.key]); this.draw(); }
    else if (verbs[event.key]) this.act(verbs[event.key]);
    else return;
    event.preventDefault();
  }

  act(verb, button) {
    const steps = { up: 1, down: -1, up10: 10, down10: -10 };
    if (steps[verb]) this.go(this.layer + steps[verb], performance.now());
    else if (verb === "larger") this.sheet.zoomBy(1.5);
    else if (verb === "smaller") this.sheet.zoomBy(1 / 1.5);
    else if (verb === "fit") this.sheet.fit();
    else if (verb === "live") this.machine?.turn();
    else if (verb === "below") {
      this.below = !this.below;
      button.setAttribute("aria-pressed", String(this.below));
    } else if (verb === "picture") {
      keep(this.view, this.caption(), `${this.element.dataset.name}-${this.layer}`);
    } else if (verb === "print") print();
    this.draw();
  }

  /* Shown at once when it is at hand; hatched, and drawn as soon as it comes, when it is not. */
  go(layer, since, told) {
    const wanted = Math.min(Math.max(layer, 1), this.layers.index.layers);
    this.machine?.gone(layer);
    this.way = wanted >= this.layer ? 1 : -1;
    this.layer = wanted;
    this.since = since;
    this.slider.value = wanted;
    this.tell();
    this.follow(wanted);
    this.draw();
    this.layers.want(wanted, this.way).then(() => { if (this.layer === wanted) this.draw(); }, (error) => this.lost(error));
    if (!told) {
      const um = this.layers.index.tops[wanted - 1];
      document.dispatchEvent(new CustomEvent("strate:height", { detail: { um, from: this.element, layer: wanted } }));
    }
  }

  /* What the page says of this layer follows, once the finger rests. */
  follow(layer) {
    if (!this.follower || Number(this.follower.value) === layer) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.follower.value = layer;
      this.follower.dispatchEvent(new Event("change", { bubbles: true }));
    }, RESTS_MS);
  }

  lost(error) {
    if (error.name === "AbortError") return;
    const said = this.part("said");
    said.textContent = error.message || said.dataset.failed;
  }

  draw() {
    this.frame ??= requestAnimationFrame(() => { this.frame = undefined; this.paint(); });
  }

  paint() {
    if (!this.colours) return;
    const { layer, layers, sheet, profile } = this;
    const here = layers.at(layer);
    const marks = this.marks.filter((mark) => Math.abs(mark.layer - layer) <= 1);
    sheet.paint(here, this.below ? layers.at(layer - 1) : null, marks, this.colours);
    profile.paint(layer, this.marks, this.colours);
    this.view.style.touchAction = sheet.zoom > 1.05 ? "none" : "pan-y";
    if (!here) return;
    this.element.dataset.drawn = layer;
    if (this.since === undefined) return;
    performance.measure("strate:layer", { start: this.since, end: performance.now() });
    this.since = undefined;
  }

  tell() {
    const { index } = this.layers, at = this.layer - 1;
    this.part("number").textContent = written(this.layer);
    this.part("of").textContent = written(index.layers);
    this.part("height").textContent = written((index.tops[at] - (index.ofFile ? 0 : index.bottomUm)) / 1000, 3, "mm");
    this.part("area").textContent = written(index.areas[at], 1, "mm²");
    this.slider.setAttribute("aria-valuetext", this.caption()[1]);
    const near = this.marks.filter((mark) => Math.abs(mark.layer - this.layer) <= 1);
    for (const { row } of this.marks) row.classList.toggle("is-here", near.some((mark) => mark.row === row));
  }

  caption() {
    const word = (name) => this.element.querySelector(`[data-word-${name}]`)?.textContent ?? name;
    const fact = (name) => `${word(name)} ${this.part(name).textContent}`;
    return [this.element.dataset.title, `${fact("number")} / ${this.part("of").textContent} · ${fact("height")} · ${fact("area")}`];
  }
}

function runsOf(text) {
  return (text ?? "").split(",").filter(Boolean).map((run) => {
    const [state, count] = run.split(":");
    return [state, Number(count)];
  });
}
