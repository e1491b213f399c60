/* The streams of the public API: fetched, waited for, decoded. Formats: docs/mesh-stream.md, docs/layer-stream.md. */

const VERSION = 1;
export const OUTER = 0, HOLE = 1, OPEN = 2, HATCHES = 3;

/* What the server would not give, in its own words. */
export class Refused extends Error {}

/* The bytes of a stream; while the server still works them out, we ask again. */
export async function fetched(url, { signal, waiting } = {}) {
  for (;;) {
    const answer = await fetch(url, { signal, headers: { Accept: "application/octet-stream, application/json" } });
    if (answer.status === 200) return answer.arrayBuffer();
    const said = await answer.json().catch(() => ({}));
    if (answer.status !== 202) throw new Refused(said.reasons?.map((reason) => reason.why).join(" ") ?? "");
    waiting?.();
    await new Promise((go) => setTimeout(go, 1000 * (said.wait_s ?? 1)));
  }
}

/* Numbers of seven bits a byte; beyond 28 bits by multiplication, since shifts end at 32. */
export class Reader {
  constructor(buffer, at = 0, end = buffer.byteLength) {
    this.bytes = new Uint8Array(buffer);
    this.at = at;
    this.end = end;
  }
  number() {
    let byte = this.bytes[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127, scale = 128;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }
  step() {
    const value = this.number();
    if (value < 0x80000000) return (value >>> 1) ^ -(value & 1);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
}

function opened(buffer, magic) {
  const view = new DataView(buffer);
  const name = String.fromCharCode(...new Uint8Array(buffer, 0, 4));
  if (name !== magic || view.getUint16(4, true) !== VERSION) throw new Error(`not ${magic} ${VERSION}`);
  return view;
}

export function meshOf(buffer) {
  const view = opened(buffer, "SMsh");
  const which = view.getUint16(6, true);
  const [vertices, triangles, creases, torn, ofFile] = [0, 1, 2, 3, 4].map((n) => view.getUint32(8 + 4 * n, true));
  const low = [0, 1, 2].map((side) => view.getFloat64(32 + 8 * side, true));
  const step = view.getFloat64(56, true);
  const sizes = [0, 1, 2, 3].map((n) => view.getUint32(64 + 4 * n, true));
  const reader = new Reader(buffer, 80);
  const positions = new Float32Array(3 * vertices);
  for (let side = 0; side < 3; side++) {
    for (let at = side, value = 0; at < positions.length; at += 3) {
      value += reader.step();
      positions[at] = low[side] + value * step;
    }
  }
  const indices = (count) => {
    const found = new Uint32Array(count);
    for (let at = 0, value = 0; at < count; at++) found[at] = value += reader.step();
    return found;
  };
  return {
    level: which & 255, levels: which >> 8, ofFile, triangles, positions, bytes: 80 + sizes.reduce((a, b) => a + b),
    faces: indices(3 * triangles), creases: indices(2 * creases), torn: indices(2 * torn),
  };
}

/* One value for each corner of a mesh; what is unknown is NaN. */
export function scalarsOf(buffer) {
  const view = opened(buffer, "SVal");
  const count = view.getUint32(8, true), reach = view.getFloat32(12, true), spread = view.getFloat32(16, true);
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const step = view.getInt16(20 + 2 * at, true);
    values[at] = step === -32768 ? NaN : (step * reach) / 32767;
  }
  return { level: view.getUint16(6, true), reach, spread, values };
}

/* Measured places with their deviation, mm: rows of x, y, z, deviation (f32). */
export function placesOf(buffer) {
  const rows = new Float32Array(buffer), count = rows.length >> 2;
  const positions = new Float32Array(3 * count), deviations = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    positions.set(rows.subarray(4 * row, 4 * row + 3), 3 * row);
    deviations[row] = rows[4 * row + 3];
  }
  const spread = Math.sqrt(deviations.reduce((sum, value) => sum + value * value, 0) / (count || 1));
  return { positions, deviations, spread };
}

export function indexOf(buffer) {
  const view = opened(buffer, "SLix");
  const [layers, perBlock, layerUm] = [8, 12, 16].map((at) => view.getUint32(at, true));
  const [lowX, lowY, highX, highY, bottomUm] = [20, 24, 28, 32, 36].map((at) => view.getInt32(at, true));
  return {
    layers, perBlock, layerUm, bottomUm, box: { lowX, lowY, highX, highY }, ofFile: (view.getUint16(6, true) & 1) === 1,
    tops: new Int32Array(buffer, 40, layers), areas: new Float32Array(buffer, 40 + 4 * layers, layers),
  };
}

/* A block stays packed; a layer is unpacked when it is drawn. */
export function blockOf(buffer) {
  const view = opened(buffer, "SLay");
  const first = view.getUint32(8, true), count = view.getUint32(12, true), start = 16 + 16 * count;
  return {
    first, count, bytes: buffer.byteLength,
    lines(layer) {
      const row = 16 + 16 * (layer - first);
      const from = start + view.getUint32(row, true);
      return linesOf(new Reader(buffer, from, from + view.getUint32(row + 4, true)));
    },
  };
}

function linesOf(reader) {
  const lines = [];
  let x = 0, y = 0;
  for (let left = reader.number(); left > 0; left--) {
    const kind = reader.number(), points = new Float64Array(2 * reader.number());
    for (let at = 0; at < points.length; at += 2) {
      points[at] = x += reader.step();
      points[at + 1] = y += reader.step();
    }
    lines.push({ kind, points });
  }
  return lines;
}
