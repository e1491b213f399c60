/* The part in three dimensions: skin with its strata, edges, section with its cut face, plate and room of the machine. */
import * as three from "three";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { coloursOf } from "./heat.js";

const AXES = { x: new three.Vector3(1, 0, 0), y: new three.Vector3(0, 1, 0), z: new three.Vector3(0, 0, 1) };

export class Scene {
  constructor(canvas) {
    this.canvas = canvas;
    this.renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: false, stencil: true });
    this.renderer.localClippingEnabled = true;
    this.camera = new three.PerspectiveCamera(28, 1, 1, 1e5);
    this.camera.up.set(0, 0, 1);
    this.plane = new three.Plane(new three.Vector3(0, 0, -1), 0);
    this.strata = { pitch: { value: 1 }, base: { value: 0 }, ink: { value: new three.Color() } };
    this.scene = new three.Scene();
    this.world = new three.Group();
    this.lights();
    this.materials();
    this.scene.add(this.world);
  }

  /* The light comes with the eye: whatever way one turns, the face in front is lit. */
  lights() {
    this.scene.add(new three.HemisphereLight(0xffffff, 0x9a978d, 2.1));
    const key = new three.DirectionalLight(0xffffff, 2.3);
    key.position.set(-0.6, 0.9, 1);
    this.camera.add(key);
    this.scene.add(this.camera);
  }

  materials() {
    const clipped = { clippingPlanes: [] };
    this.skin = new three.MeshLambertMaterial({
      side: three.DoubleSide, flatShading: true, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1, ...clipped,
    });
    this.skin.onBeforeCompile = (shader) => this.stratify(shader);
    this.edge = new three.LineBasicMaterial({ transparent: true, opacity: 0.8, ...clipped });
    this.torn = new LineMaterial({ linewidth: 4, ...clipped });
    const hidden = { colorWrite: false, depthWrite: false, depthTest: false, stencilWrite: true, stencilFunc: three.AlwaysStencilFunc };
    const count = (side, way) => new three.MeshBasicMaterial({ ...hidden, side, stencilFail: way, stencilZFail: way, stencilZPass: way, ...clipped });
    this.back = count(three.BackSide, three.IncrementWrapStencilOp);
    this.front = count(three.FrontSide, three.DecrementWrapStencilOp);
    this.cut = new three.MeshBasicMaterial({ side: three.DoubleSide, stencilWrite: true, stencilRef: 0, stencilFunc: three.NotEqualStencilFunc });
    this.cut.onBeforeCompile = (shader) => this.stratify(shader);
    this.ground = new three.LineBasicMaterial();
    this.room = new three.LineBasicMaterial({ transparent: true, opacity: 0.7 });
  }

  /* Layers are how this part will be made: its skin shows them, as many as the eye can tell apart. */
  stratify(shader) {
    Object.assign(shader.uniforms, { stratumPitch: this.strata.pitch, stratumBase: this.strata.base, stratumInk: this.strata.ink });
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nvarying float heightMm;")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nheightMm = (modelMatrix * vec4(position, 1.0)).z;");
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nvarying float heightMm;\nuniform float stratumPitch;\nuniform float stratumBase;\nuniform vec3 stratumInk;")
      .replace("#include <opaque_fragment>", `
        float stratum = (heightMm - stratumBase) / stratumPitch;
        float fine = max(fwidth(stratum), 1e-6);
        float apart = abs(fract(stratum + 0.5) - 0.5) / fine;
        float flat_ = smoothstep(0.0, 0.002, fine) * (1.0 - smoothstep(0.25, 0.5, fine));
        outgoingLight = mix(outgoingLight, stratumInk, 0.16 * flat_ * (1.0 - smoothstep(0.4, 1.2, apart)));
        #include <opaque_fragment>`);
  }

  show(mesh) {
    for (const old of [...this.world.children]) { this.world.remove(old); old.geometry?.dispose(); }
    const geometry = new three.BufferGeometry();
    geometry.setAttribute("position", new three.BufferAttribute(mesh.positions, 3));
    geometry.setIndex(new three.BufferAttribute(mesh.faces, 1));
    geometry.computeBoundingBox();
    geometry.computeBoundingSphere();
    this.geometry = geometry;
    this.box = geometry.boundingBox.clone();
    this.size = Math.max(geometry.boundingSphere.radius, 1e-3);
    this.middle = this.box.getCenter(new three.Vector3());
    this.strata.base.value = this.box.min.z;
    const [back, front] = [this.back, this.front].map((material) => new three.Mesh(geometry, material));
    this.counters = [back, front];
    this.counters.forEach((each) => { each.renderOrder = 1; each.visible = false; });
    this.cap = new three.Mesh(new three.PlaneGeometry(4 * this.size, 4 * this.size), this.cut);
    this.cap.renderOrder = 1.1;
    this.cap.visible = false;
    this.cap.onAfterRender = (renderer) => renderer.clearStencil();
    const skin = new three.Mesh(geometry, this.skin);
    skin.renderOrder = 2;
    this.world.add(...this.counters, this.cap, skin, this.lines(mesh.positions, mesh.creases), ...this.tears(mesh));
    this.section(this.axis, this.share);
  }

  lines(positions, pairs) {
    const geometry = new three.BufferGeometry();
    geometry.setAttribute("position", new three.BufferAttribute(positions, 3));
    geometry.setIndex(new three.BufferAttribute(pairs, 1));
    const lines = new three.LineSegments(geometry, this.edge);
    lines.renderOrder = 3;
    return lines;
  }

  /* Where the skin is torn it is seen through everything, and thick. */
  tears({ positions, torn }) {
    if (!torn.length) return [];
    const ends = new Float32Array(3 * torn.length);
    torn.forEach((corner, at) => ends.set(positions.subarray(3 * corner, 3 * corner + 3), 3 * at));
    const lines = new LineSegments2(new LineSegmentsGeometry().setPositions(ends), this.torn);
    lines.renderOrder = 4;
    return [lines];
  }

  /* The plate under the part, and the room the machine has, when it is known. */
  surround(volume) {
    const { min, max } = this.box, floor = min.z, x = this.middle.x, y = this.middle.y;
    const span = Math.max(max.x - min.x, max.y - min.y);
    const [wide, deep, high] = volume ?? [span * 1.5, span * 1.5, 0];
    const step = [1, 2, 5, 10, 20, 50, 100].find((mm) => Math.max(wide, deep) / mm <= 40) ?? 200;
    const points = [];
    const line = (...ends) => points.push(new three.Vector3(...ends.slice(0, 3)), new three.Vector3(...ends.slice(3)));
    for (let at = -Math.floor(wide / 2 / step) * step; at <= wide / 2; at += step) line(x + at, y - deep / 2, floor, x + at, y + deep / 2, floor);
    for (let at = -Math.floor(deep / 2 / step) * step; at <= deep / 2; at += step) line(x - wide / 2, y + at, floor, x + wide / 2, y + at, floor);
    this.around ??= new three.Group();
    this.around.clear();
    this.around.add(new three.LineSegments(new three.BufferGeometry().setFromPoints(points), this.ground));
    if (high) {
      const box = new three.EdgesGeometry(new three.BoxGeometry(wide, deep, high));
      const edges = new three.LineSegments(box, this.room);
      edges.position.set(x, y, floor + high / 2);
      this.around.add(edges);
    }
    this.reach = Math.max(this.size, Math.hypot(wide, deep, high) / 2);
    this.scene.add(this.around);
  }

  /* Cut along an axis at a share of its length; no axis, no cut. The half nearest the eye goes: the cut is seen. */
  section(axis, share) {
    if (axis && axis !== this.axis) this.kept = this.camera.position[axis] < this.middle[axis] ? 1 : -1;
    Object.assign(this, { axis, share });
    if (!this.geometry) return undefined;
    const on = Boolean(axis);
    for (const each of [...this.counters, this.cap]) each.visible = on;
    for (const material of [this.skin, this.edge, this.torn, this.back, this.front]) material.clippingPlanes = on ? [this.plane] : [];
    if (!on) return undefined;
    const low = this.box.min[axis], high = this.box.max[axis], at = low + (high - low) * share;
    this.plane.normal.copy(AXES[axis]).multiplyScalar(this.kept);
    this.plane.constant = -this.kept * at;
    this.cap.position.copy(this.middle);
    this.cap.position[axis] = at;
    this.cap.quaternion.setFromUnitVectors(AXES.z, AXES[axis]);
    this.cap.updateMatrixWorld();
    return at;
  }

  /* A map of values on the skin: blue below, pale at zero, red above; unknown stays grey. */
  heat(scalars, reach, colours) {
    if (scalars.values.length !== this.geometry.attributes.position.count) return;
    this.geometry.setAttribute("color", new three.BufferAttribute(coloursOf(scalars.values, reach, colours), 3));
    this.skin.vertexColors = true;
    this.skin.color.set(0xffffff);
    this.skin.needsUpdate = true;
  }

  /* Places that were measured, each in the colour of its deviation, laid on the skin. */
  places(positions, deviations, reach) {
    const geometry = new three.BufferGeometry();
    geometry.setAttribute("position", new three.BufferAttribute(positions, 3));
    geometry.setAttribute("color", new three.BufferAttribute(coloursOf(deviations, reach), 3));
    // A little wider than the places are apart; three.js sizes points for a right angle of view, ours is narrow.
    const half = three.MathUtils.degToRad(this.camera.fov / 2);
    const size = (2 * this.size) / Math.sqrt(deviations.length || 1) / Math.tan(half);
    this.measured = new three.Points(geometry, new three.PointsMaterial({ size, vertexColors: true }));
    this.scene.add(this.measured);
  }

  dress(colours) {
    this.renderer.setClearColor(colours.raised);
    if (!this.skin.vertexColors) this.skin.color.set(colours.solid);
    this.edge.color.set(colours.ink);
    this.torn.color.set(colours["stop-fill"]);
    this.cut.color.set(colours.accent);
    this.ground.color.set(colours.line);
    this.room.color.set(colours["line-strong"]);
    this.strata.ink.value.set(colours.ink);
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    // Kept: on paper the page is laid out anew, the drawing is not.
    [this.wide, this.high] = [clientWidth, clientHeight];
    this.renderer.setPixelRatio(Math.min(devicePixelRatio || 1, 2));
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.torn.resolution.set(clientWidth, clientHeight);
    this.camera.aspect = clientWidth / clientHeight;
    this.camera.updateProjectionMatrix();
  }

  render(target) {
    const far = this.camera.position.distanceTo(target), reach = (this.reach ?? 1) * 4;
    this.camera.near = Math.max(far - reach, far / 1000);
    this.camera.far = far + reach;
    this.camera.updateProjectionMatrix();
    this.strata.pitch.value = this.pitch(far);
    this.renderer.render(this.scene, this.camera);
  }

  /* Lines of layers at least six pixels apart, a round number of layers each. */
  pitch(far) {
    const pixel = (2 * far * Math.tan(three.MathUtils.degToRad(this.camera.fov / 2))) / (this.high || 1);
    const layer = this.layerMm ?? 0.04;
    let many = 1;
    for (const factor of [1, 2, 5]) for (let ten = 1; ten <= 1e5; ten *= 10) if (factor * ten * layer < 6 * pixel) many = Math.max(many, factor * ten);
    return layer * many * 2;
  }

  /* How long one drawing takes here, until it is truly drawn. */
  async pace(target) {
    const context = this.renderer.getContext(), pixel = new Uint8Array(4), times = [];
    for (let turn = 0; turn < 2; turn++) {
      await new Promise((go) => requestAnimationFrame(go));
      const began = performance.now();
      this.render(target);
      context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  }

  /* Where a place of the part is on the screen. */
  screen(point) {
    const seen = new three.Vector3(...point).project(this.camera);
    return { x: ((seen.x + 1) / 2) * this.wide, y: ((1 - seen.y) / 2) * this.high, before: seen.z < 1 };
  }
}
