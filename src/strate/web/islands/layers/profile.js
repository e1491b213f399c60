/* The part as a stack of lines, each as long as its layer is large: the way through the layers. */

const ROW = 3;
export const STATES = { fine: "ok-fill", interrupted: "warn-fill", suspected: "doubt-fill", decided: "ink" };

export class Profile {
  constructor(canvas, index) {
    this.canvas = canvas;
    this.index = index;
    this.largest = index.areas.reduce((most, area) => (area > most ? area : most), 1e-9);
    this.runs = [];
  }

  /* Which layer a finger points at. */
  layerAt(clientY) {
    const box = this.canvas.getBoundingClientRect();
    const share = 1 - (clientY - box.top) / box.height;
    return Math.min(Math.max(Math.ceil(share * this.index.layers), 1), this.index.layers);
  }

  paint(current, marks, colours) {
    const { canvas, index } = this, ink = canvas.getContext("2d"), sharp = Math.min(devicePixelRatio || 1, 3);
    const wide = canvas.clientWidth, high = canvas.clientHeight;
    canvas.width = wide * sharp;
    canvas.height = high * sharp;
    ink.setTransform(sharp, 0, 0, sharp, 0, 0);
    const rows = Math.min(Math.floor(high / ROW), index.layers), tall = high / rows;
    for (let row = 0; row < rows; row++) {
      const first = Math.floor((row * index.layers) / rows), last = Math.max(first + 1, Math.floor(((row + 1) * index.layers) / rows));
      this.row(ink, first, last, high - (row + 1) * tall, tall, wide, colours);
    }
    for (const { layer, colour } of marks) this.flag(ink, high * (1 - (layer - 0.5) / index.layers), wide, colours[colour]);
    const y = high * (1 - (current - 0.5) / index.layers);
    ink.fillStyle = colours.accent;
    ink.fillRect(0, y - 2, wide, 4);
  }

  row(ink, first, last, y, tall, wide, colours) {
    let sum = 0, count = 0;
    for (let at = first; at < last; at++) if (Number.isFinite(this.index.areas[at])) { sum += this.index.areas[at]; count++; }
    const thick = Math.max(tall - 1, Math.min(tall, 1));
    ink.fillStyle = colours[STATES[this.stateOf(first + 1)]] ?? (this.runs.length ? colours.line : colours["line-strong"]);
    if (!count) {
      ink.fillStyle = colours.hatch;
      for (let x = (Math.round(y) * 3) % 8; x < wide - 24; x += 8) ink.fillRect(x, y, 3, thick);
      return;
    }
    ink.fillRect(0, y, Math.max(1.5, ((wide - 24) * sum) / count / this.largest), thick);
  }

  /* A build says of each layer what became of it. */
  stateOf(layer) {
    let end = 0;
    for (const [state, count] of this.runs) {
      end += count;
      if (layer <= end) return state;
    }
    return "";
  }

  flag(ink, y, wide, colour) {
    ink.fillStyle = colour;
    ink.beginPath();
    ink.moveTo(wide - 2, y - 8); ink.lineTo(wide - 16, y); ink.lineTo(wide - 2, y + 8);
    ink.fill();
  }
}
