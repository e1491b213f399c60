/* The part viewer: owns one element, reads one mesh from the public API, from coarse to fine, and shows it to be judged. */
import { captioned, keep, palette, whenDressed, whenPrinted, written } from "./dress.js";
import { fetched, meshOf, placesOf, scalarsOf } from "./streams.js";
import { Eye } from "./part/eye.js";
import { legend } from "./part/heat.js";
import { Marks } from "./part/marks.js";
import { Scene } from "./part/scene.js";

const SLOW_MS = 120;

export async function start(element) {
  const part = (name) => element.querySelector(`[data-${name}]`);
  const said = part("said"), canvas = part("canvas");
  let scene;
  try {
    scene = new Scene(canvas);
  } catch {
    // This device draws nothing in three dimensions: the server's drawing stays, and it is said.
    said.textContent = said.dataset.nowebgl;
    element.classList.add("is-flat");
    return;
  }
  said.textContent = said.dataset.coming;
  let mesh;
  try {
    mesh = meshOf(await fetched(`${element.dataset.mesh}?level=0`, { waiting: () => { said.textContent = said.dataset.working; } }));
  } catch (refused) {
    scene.renderer.dispose();
    said.textContent = refused.message || said.dataset.failed;
    return;
  }
  said.textContent = "";
  part("asleep").hidden = true;
  for (const hidden of element.querySelectorAll("[data-awake]")) hidden.hidden = false;
  const viewer = new Viewer(element, part, scene, mesh);
  await viewer.detail(mesh);
}

class Viewer {
  constructor(element, part, scene, mesh) {
    Object.assign(this, { element, part, scene, said: part("said") });
    scene.layerMm = Number(element.dataset.layerUm || 40) / 1000;
    scene.show(mesh);
    const volume = element.dataset.volume?.split(" ").map(Number).filter((side) => side > 0);
    scene.surround(volume?.length === 3 ? volume : undefined);
    this.eye = new Eye(scene, () => this.draw());
    this.marks = new Marks(part("marks"), scene, (mark) => this.look(mark));
    this.count(mesh);
    scene.resize();
    this.eye.view("home");
    this.dress();
    this.listen();
    const asked = new URLSearchParams(location.search).get("finding");
    const mark = this.marks.all.find(({ row }) => row.dataset.finding === asked);
    if (mark) this.look(mark);
  }

  /* What is shown and what the file holds: a simplified drawing never passes for the file. */
  count(mesh) {
    const whole = mesh.triangles === mesh.ofFile;
    this.part("detail").textContent = `${written(mesh.triangles)}${whole ? "" : ` / ${written(mesh.ofFile)}`}`;
    this.part("detail-simple").hidden = whole;
  }

  /* A device that draws the first level with effort is not given a heavier one, unless somebody asks. */
  async detail(mesh) {
    const slow = (await this.scene.pace(this.eye.target)) > SLOW_MS && mesh.levels > 1, more = this.part("finer");
    more.hidden = !slow;
    more.addEventListener("click", () => { more.hidden = true; this.tried(() => this.finer(mesh), "nofiner"); }, { once: true });
    this.element.dataset.level = mesh.level;
    if (this.element.dataset.deviations) await this.tried(() => this.measured(), "nodeviations");
    if (slow && this.element.dataset.scalars) await this.tried(() => this.heat(mesh.level), "nodeviations");
    if (!slow) await this.tried(() => this.finer(mesh), "nofiner");
  }

  /* The part is on the screen already: what does not come beside it is said for what it is. */
  async tried(work, word) {
    try {
      await work();
    } catch (error) {
      this.said.textContent = [this.said.dataset[word], error.message].filter(Boolean).join(" ");
      console.warn(error);
    }
  }

  async finer(mesh) {
    for (let level = mesh.level + 1; level < mesh.levels; level++) {
      const next = meshOf(await fetched(`${this.element.dataset.mesh}?level=${level}`));
      this.scene.show(next);
      this.count(next);
      this.draw();
      mesh = next;
    }
    this.element.dataset.level = mesh.level;
    if (this.element.dataset.scalars) await this.heat(mesh.level);
  }

  /* Deviations of a scan, say, on the skin they were measured from. */
  async heat(level) {
    const scalars = scalarsOf(await fetched(`${this.element.dataset.scalars}?level=${level}`));
    const reach = Number(this.element.dataset.reach) || Math.max(3 * scalars.spread, 1e-6);
    this.scene.heat(scalars, reach);
    this.explain(reach);
  }

  async measured() {
    const { positions, deviations, spread } = placesOf(await fetched(this.element.dataset.deviations));
    const reach = Number(this.element.dataset.reach) || Math.max(3 * spread, 1e-6);
    this.scene.places(positions, deviations, reach);
    this.explain(reach);
  }

  explain(reach) {
    const scale = this.part("legend");
    scale.hidden = false;
    const write = (value) => written(value, reach < 1 ? 3 : 1, "mm");
    this.scale = () => legend(scale, reach, write, this.colours);
    this.scale();
    this.draw();
  }

  listen() {
    const { element, part, scene } = this, depth = part("depth");
    scene.canvas.addEventListener("keydown", (event) => this.key(event));
    for (const button of element.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.act(button.dataset.do, button));
    }
    depth.addEventListener("input", (event) => {
      this.cut(this.axis ?? "z", depth.value / 1000);
      this.since = event.timeStamp;
    });
    document.addEventListener("strate:height", ({ detail }) => {
      if (detail.from === element || this.axis !== "z") return;
      const { min, max } = scene.box, share = (detail.um / 1000 - min.z) / (max.z - min.z);
      this.cut("z", Math.min(Math.max(share, 0), 1), true);
    });
    // Findings folded away are not marked on the part.
    document.addEventListener("toggle", () => this.draw(), true);
    whenDressed(() => this.dress());
    whenPrinted(() => { this.dress(); this.onPaper(); }, () => this.dress());
    new ResizeObserver(() => { this.resized(); this.draw(); }).observe(scene.canvas);
    scene.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    scene.canvas.addEventListener("webglcontextrestored", () => this.draw());
  }

  resized() {
    const before = this.scene.camera.aspect;
    this.scene.resize();
    if (this.scene.camera.aspect !== before) this.eye.refit();
  }

  key(event) {
    const turns = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (turns[event.key]) {
      if (event.shiftKey) this.eye.pan(...turns[event.key]);
      else this.eye.turn(...turns[event.key]);
    } else if (event.key === "+" || event.key === "=") this.eye.zoom(1.25);
    else if (event.key === "-") this.eye.zoom(1 / 1.25);
    else if (event.key === "Home") this.eye.view("home");
    else return;
    event.preventDefault();
  }

  act(verb, button) {
    const verbs = {
      home: () => this.eye.view("home"), top: () => this.eye.view("top"),
      front: () => this.eye.view("front"), side: () => this.eye.view("side"),
      left: () => this.eye.turn(-1, 0), right: () => this.eye.turn(1, 0),
      larger: () => this.eye.zoom(1.4), smaller: () => this.eye.zoom(1 / 1.4),
      room: () => this.toggle(button, this.scene.around),
      picture: () => keep(this.sheet(), this.caption(), this.element.dataset.name), print: () => print(),
      whole: () => this.cut(undefined, 1),
    };
    if (verb.startsWith("cut-")) this.cut(verb.slice(4), this.part("depth").value / 1000);
    else verbs[verb]?.();
    this.draw();
  }

  toggle(button, thing) {
    thing.visible = !thing.visible;
    button.setAttribute("aria-pressed", String(thing.visible));
  }

  /* The section follows the slider; the layer viewer of the page follows a section along z. */
  cut(axis, share, told) {
    this.axis = axis;
    const at = this.scene.section(axis, share), depth = this.part("depth");
    for (const button of this.element.querySelectorAll("[data-do^=cut-], [data-do=whole]")) {
      button.setAttribute("aria-pressed", String(button.dataset.do === (axis ? `cut-${axis}` : "whole")));
    }
    depth.disabled = !axis;
    depth.value = Math.round(share * 1000);
    const said = axis ? `${axis} ${written(at, 2, "mm")}` : "";
    this.part("depth-said").textContent = said;
    depth.setAttribute("aria-valuetext", said);
    if (axis === "z" && !told) {
      document.dispatchEvent(new CustomEvent("strate:height", { detail: { um: at * 1000, from: this.element } }));
    }
    this.draw();
  }

  look(mark) {
    const folded = mark.row.closest("details");
    if (folded) folded.open = true;
    this.marks.choose(mark);
    this.eye.lookAt(mark.point);
    this.said.textContent = `${mark.row.dataset.finding} · ${mark.row.querySelector("[data-says]").textContent}`;
    if (this.scene.canvas.getBoundingClientRect().top < 0) this.element.scrollIntoView({ block: "start" });
    document.dispatchEvent(new CustomEvent("strate:finding", { detail: { row: mark.row } }));
  }

  dress() {
    this.colours = palette(this.element);
    this.scene.dress(this.colours);
    this.scale?.();
    this.draw();
  }

  draw() {
    this.frame ??= requestAnimationFrame(() => { this.frame = undefined; this.paint(); });
  }

  paint() {
    this.scene.render(this.eye.target);
    this.marks.place();
    if (!this.shown) performance.measure("strate:part", { start: 0, end: (this.shown = performance.now()) });
    const { x, y, z } = this.scene.camera.position;
    this.element.dataset.eye = [x, y, z].map((side) => side.toFixed(2)).join(" ");
    if (this.since === undefined) return;
    performance.measure("strate:section", { start: this.since, end: performance.now() });
    this.since = undefined;
  }

  /* The drawing with its marks, taken in the same breath: a 3D canvas forgets what it showed. */
  sheet() {
    const { scene } = this, flat = document.createElement("canvas");
    scene.render(this.eye.target);
    flat.width = scene.canvas.width;
    flat.height = scene.canvas.height;
    const ink = flat.getContext("2d");
    ink.drawImage(scene.canvas, 0, 0);
    this.marks.drawOn(ink, flat.width / scene.wide, this.colours);
    return flat;
  }

  onPaper() { captioned(this.sheet(), this.caption(), this.part("paper")); }

  caption() {
    const cut = this.part("depth-said").textContent, findings = this.marks.all.map(({ row }) => `${row.dataset.finding} · ${row.querySelector("[data-says]").textContent}`);
    return [this.element.dataset.title, [`${this.part("detail").textContent} ${this.part("detail-word").textContent}`, cut].filter(Boolean).join(" · "), ...findings.slice(0, 12)];
  }
}
