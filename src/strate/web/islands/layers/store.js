/* The layers at hand: blocks around the one looked at are fetched before they are asked for, far ones are let go. */
import { blockOf, fetched, indexOf, HATCHES, OPEN } from "../streams.js";

const MOST_BYTES = 96_000_000;
const MOST_DRAWN = 24;

export async function openLayers(url, options) {
  const index = indexOf(await fetched(address(url), options));
  return new Layers(url, index);
}

function address(url, more = "") {
  const [path, query] = url.split("?");
  return `${path}${more}${query ? `?${query}` : ""}`;
}

export class Layers {
  constructor(url, index) {
    Object.assign(this, { url, index, blocks: new Map(), coming: new Map(), drawn: new Map(), bytes: 0 });
  }

  blockNumber(layer) { return Math.floor((layer - 1) / this.index.perBlock); }

  /* The layer as paths, or null when its block is not here yet. */
  at(layer) {
    if (layer < 1 || layer > this.index.layers) return null;
    const known = this.drawn.get(layer);
    if (known) return known;
    const block = this.blocks.get(this.blockNumber(layer));
    if (!block) return null;
    if (this.drawn.size >= MOST_DRAWN) this.drawn.delete(this.drawn.keys().next().value);
    const made = pathsOf(block.lines(layer), this.index.box);
    this.drawn.set(layer, made);
    return made;
  }

  /* The block of a layer first, then the next ones in the way we are going, then one behind. */
  async want(layer, way = 1) {
    const here = this.blockNumber(layer), last = this.blockNumber(this.index.layers);
    const order = [here, here + way, here + 2 * way, here - way].filter((n) => n >= 0 && n <= last);
    this.wanted = order;
    const first = this.fetch(order[0]);
    for (const [number, coming] of this.coming) {
      if (order.includes(number)) continue;
      coming.abort.abort();
      // Wanted again at once, it is fetched anew.
      this.coming.delete(number);
    }
    await first;
    for (const number of order.slice(1)) this.fetch(number).catch(() => {});
    this.letGo(here);
  }

  fetch(number) {
    if (this.blocks.has(number)) return Promise.resolve();
    const known = this.coming.get(number);
    if (known) return known.promise;
    const abort = new AbortController();
    const promise = fetched(address(this.url, `/${number}`), { signal: abort.signal })
      .then((buffer) => {
        const block = blockOf(buffer);
        this.blocks.set(number, block);
        this.bytes += block.bytes;
      })
      .finally(() => { if (this.coming.get(number)?.abort === abort) this.coming.delete(number); });
    this.coming.set(number, { promise, abort });
    return promise;
  }

  letGo(here) {
    const far = [...this.blocks.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    while (this.bytes > MOST_BYTES && far.length > 4) {
      const number = far.shift();
      this.bytes -= this.blocks.get(number).bytes;
      this.blocks.delete(number);
    }
  }

  /* The layer that holds a height; the ends for what lies outside. */
  layerAt(heightUm) {
    const tops = this.index.tops;
    let low = 0, high = tops.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle] >= heightUm) high = middle; else low = middle + 1;
    }
    return low + 1;
  }
}

/* In mm from the low corner of the part, y up: small numbers, which a canvas keeps sharp. */
function pathsOf(lines, box) {
  const solid = new Path2D(), open = new Path2D(), hatches = new Path2D();
  let strokes = 0;
  for (const { kind, points } of lines) {
    const path = kind === HATCHES ? hatches : kind === OPEN ? open : solid;
    for (let at = 0; at < points.length; at += 2) {
      const x = (points[at] - box.lowX) / 1000, y = (points[at + 1] - box.lowY) / 1000;
      const lifted = kind === HATCHES ? at % 4 === 0 : at === 0;
      if (lifted) path.moveTo(x, y); else path.lineTo(x, y);
    }
    if (kind < OPEN) path.closePath();
    if (kind === HATCHES) strokes += points.length / 4;
  }
  return { solid, open, hatches, strokes, isOpen: lines.some((line) => line.kind === OPEN), empty: !lines.length };
}
