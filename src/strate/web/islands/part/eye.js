/* The eye that looks at the part: turned by finger, mouse, keys and buttons alike; it glides unless asked to be still. */
import { Spherical, Vector3 } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { calm } from "../dress.js";

const TURN = Math.PI / 12;
const GLIDE_MS = 320;
// What is left free around the part.
const ROOM = 1.15;
const VIEWS = { home: [1, -1.35, 0.85], top: [0, -0.0001, 1], front: [0, -1, 0.0001], side: [1, 0, 0.0001] };

export class Eye {
  constructor(scene, moved) {
    Object.assign(this, { scene, camera: scene.camera, moved });
    this.controls = new OrbitControls(scene.camera, scene.canvas);
    Object.assign(this.controls, { zoomToCursor: true, screenSpacePanning: true, rotateSpeed: 0.9, enableDamping: false });
    this.controls.addEventListener("change", moved);
    this.controls.addEventListener("start", () => { this.forget(); });
  }

  get target() { return this.controls.target; }

  /* Far enough that a ball of this size fills the picture, whatever its shape. */
  distance(radius) {
    const half = (this.camera.fov * Math.PI) / 360;
    return radius / Math.sin(Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect)));
  }

  /* Far enough that every corner of the box is in the picture: a flat plate fills it as a cube does. */
  distanceOfBox(way) {
    const { min, max } = this.scene.box, high = Math.tan((this.camera.fov * Math.PI) / 360), wide = high * this.camera.aspect;
    const right = new Vector3().crossVectors(this.camera.up, way).normalize(), up = new Vector3().crossVectors(way, right);
    let far = 0;
    for (const x of [min.x, max.x]) for (const y of [min.y, max.y]) for (const z of [min.z, max.z]) {
      const corner = new Vector3(x, y, z).sub(this.scene.middle);
      const aside = Math.max(Math.abs(corner.dot(right)) / wide, Math.abs(corner.dot(up)) / high);
      far = Math.max(far, corner.dot(way) + ROOM * aside);
    }
    return far;
  }

  view(name) {
    const way = new Vector3(...VIEWS[name]).normalize();
    this.to(this.scene.middle.clone(), way, this.distanceOfBox(way));
    this.again = () => this.view(name);
  }

  /* A tablet that is turned shows again what it showed, unless a hand has moved it since. */
  refit() { this.again?.(); }

  forget() { this.glide = this.again = undefined; }

  /* From outside the part towards the place, a little from above. */
  lookAt(point) {
    const place = new Vector3(...point), way = place.clone().sub(this.scene.middle);
    if (way.length() < this.scene.size * 0.05) way.set(...VIEWS.home);
    way.normalize().setZ(Math.max(way.z, 0.3));
    this.to(place, way.normalize(), this.distance(this.scene.size * 0.34));
    this.again = () => this.lookAt(point);
  }

  to(target, way, distance) {
    const from = { target: this.target.clone(), eye: this.camera.position.clone() };
    const eye = target.clone().addScaledVector(way, distance);
    const began = performance.now();
    const step = (now) => {
      if (this.glide !== step) return;
      const share = calm() ? 1 : Math.min(Math.max((now - began) / GLIDE_MS, 0), 1), soft = share * share * (3 - 2 * share);
      this.target.lerpVectors(from.target, target, soft);
      // The way is turned, not crossed: half-way the eye would else be inside the part.
      const here = new Spherical().setFromVector3(turned(from.eye.clone().sub(from.target)));
      const there = new Spherical().setFromVector3(turned(eye.clone().sub(target)));
      let around = there.theta - here.theta;
      around -= 2 * Math.PI * Math.round(around / (2 * Math.PI));
      const now_ = new Spherical(here.radius + (there.radius - here.radius) * soft, here.phi + (there.phi - here.phi) * soft, here.theta + around * soft);
      this.camera.position.copy(this.target).add(back(new Vector3().setFromSpherical(now_)));
      this.controls.update();
      this.moved();
      if (share < 1) requestAnimationFrame(step);
    };
    this.glide = step;
    step(calm() ? began + GLIDE_MS : began);
  }

  turn(sideways, upwards) {
    const at = new Spherical().setFromVector3(turned(this.camera.position.clone().sub(this.target)));
    at.theta += sideways * TURN;
    at.phi = Math.min(Math.max(at.phi - upwards * TURN, 0.001), Math.PI - 0.001);
    this.put(new Vector3().setFromSpherical(at));
  }

  zoom(factor) {
    this.put(turned(this.camera.position.clone().sub(this.target)).multiplyScalar(1 / factor));
  }

  put(offset) {
    this.forget();
    this.camera.position.copy(this.target).add(back(offset));
    this.controls.update();
    this.moved();
  }

  pan(x, y) {
    this.forget();
    const step = this.camera.position.distanceTo(this.target) * 0.06;
    const move = new Vector3().setFromMatrixColumn(this.camera.matrix, 0).multiplyScalar(x * step)
      .addScaledVector(new Vector3().setFromMatrixColumn(this.camera.matrix, 1), y * step);
    this.target.add(move);
    this.camera.position.add(move);
    this.controls.update();
    this.moved();
  }
}

/* Three.js reckons angles around y; a plate lies in x and y, so height is z. */
const turned = (v) => v.set(v.x, v.z, -v.y);
const back = (v) => v.set(v.x, -v.z, v.y);
