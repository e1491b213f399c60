/* One layer on its plate: what is melted, what hangs over what was melted below, what does not close. */

const GRID_MM = [1, 2, 5, 10, 20, 50, 100, 200, 500];

export class Sheet {
  constructor(canvas, box) {
    this.canvas = canvas;
    this.ink = canvas.getContext("2d");
    this.wide = Math.max((box.highX - box.lowX) / 1000, 0.01);
    this.deep = Math.max((box.highY - box.lowY) / 1000, 0.01);
    this.fit();
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas, sharp = Math.min(devicePixelRatio || 1, 3);
    const width = Math.round(clientWidth * sharp), height = Math.round(clientHeight * sharp);
    if (width === this.canvas.width && height === this.canvas.height) return;
    [this.canvas.width, this.canvas.height, this.sharp] = [width, height, sharp];
  }

  fit() { this.zoom = 1; this.at = { x: this.wide / 2, y: this.deep / 2 }; }

  /* Pixels of the screen for one mm. */
  get scale() {
    const { width, height } = this.canvas;
    return this.zoom * Math.min((0.88 * width) / this.wide, (0.84 * height) / this.deep);
  }

  pan(dx, dy) {
    this.at.x -= (dx * this.sharp) / this.scale;
    this.at.y += (dy * this.sharp) / this.scale;
  }

  /* Around a point of the screen, which stays where it is. */
  zoomBy(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const before = this.placeOf(x, y);
    this.zoom = Math.min(Math.max(this.zoom * factor, 0.5), 400);
    const after = this.placeOf(x, y);
    this.at.x += before.x - after.x;
    this.at.y += before.y - after.y;
  }

  placeOf(x, y) {
    const { width, height } = this.canvas;
    return {
      x: this.at.x + (x * this.sharp - width / 2) / this.scale,
      y: this.at.y - (y * this.sharp - height / 2) / this.scale,
    };
  }

  paint(layer, below, marks, colours) {
    const { ink, canvas } = this;
    this.resize();
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.fillStyle = colours.raised;
    ink.fillRect(0, 0, canvas.width, canvas.height);
    const scale = this.scale, pixel = this.sharp / scale;
    ink.setTransform(scale, 0, 0, -scale, canvas.width / 2 - this.at.x * scale, canvas.height / 2 + this.at.y * scale);
    this.grid(colours, pixel);
    ink.lineJoin = "round";
    if (below) {
      ink.fillStyle = colours.sunken;
      ink.fill(below.solid, "evenodd");
    }
    if (layer) this.layer(layer, colours, pixel);
    for (const mark of marks) this.mark(mark, colours, pixel);
    ink.setTransform(1, 0, 0, 1, 0, 0);
    if (!layer) this.hatched(colours);
    this.ruler(colours);
  }

  layer(layer, colours, pixel) {
    const { ink } = this;
    ink.fillStyle = colours["accent-wash"];
    ink.fill(layer.solid, "evenodd");
    if (layer.strokes) {
      ink.strokeStyle = colours.accent;
      ink.globalAlpha = 0.55;
      ink.lineWidth = Math.min(pixel, 0.08);
      ink.stroke(layer.hatches);
      ink.globalAlpha = 1;
    }
    ink.strokeStyle = colours.accent;
    ink.lineWidth = 1.75 * pixel;
    ink.stroke(layer.solid);
    if (!layer.isOpen) return;
    ink.strokeStyle = colours["stop-fill"];
    ink.lineWidth = 2.5 * pixel;
    ink.setLineDash([6 * pixel, 4 * pixel]);
    ink.stroke(layer.open);
    ink.setLineDash([]);
  }

  mark({ x, y, colour, number }, colours, pixel) {
    const { ink } = this;
    ink.lineWidth = 2.5 * pixel;
    ink.strokeStyle = colours[colour];
    ink.beginPath();
    ink.arc(x, y, 15 * pixel, 0, 7);
    ink.moveTo(x - 22 * pixel, y); ink.lineTo(x - 9 * pixel, y);
    ink.moveTo(x + 9 * pixel, y); ink.lineTo(x + 22 * pixel, y);
    ink.stroke();
    ink.save();
    ink.translate(x + 14 * pixel, y + 14 * pixel);
    ink.scale(pixel, -pixel);
    ink.fillStyle = colours.ink;
    ink.font = `700 15px ${this.face()}`;
    ink.fillText(number, 0, 0);
    ink.restore();
  }

  grid(colours, pixel) {
    const { ink, canvas } = this;
    const step = GRID_MM.find((mm) => mm >= 28 * pixel) ?? 1000;
    const wide = canvas.width / this.scale / 2, high = canvas.height / this.scale / 2;
    ink.beginPath();
    for (let x = Math.ceil((this.at.x - wide) / step) * step; x < this.at.x + wide; x += step) {
      ink.moveTo(x, this.at.y - high); ink.lineTo(x, this.at.y + high);
    }
    for (let y = Math.ceil((this.at.y - high) / step) * step; y < this.at.y + high; y += step) {
      ink.moveTo(this.at.x - wide, y); ink.lineTo(this.at.x + wide, y);
    }
    ink.strokeStyle = colours.line;
    ink.globalAlpha = 0.4;
    ink.lineWidth = pixel;
    ink.stroke();
    ink.globalAlpha = 1;
  }

  /* A length one can compare with what lies on the table. */
  ruler(colours) {
    const { ink, canvas, sharp } = this;
    const long = GRID_MM.find((mm) => mm * this.scale > 72 * sharp) ?? 1000;
    const x = 14 * sharp, y = 34 * sharp, end = x + long * this.scale;
    ink.strokeStyle = ink.fillStyle = colours.ink;
    ink.lineWidth = 2 * sharp;
    ink.beginPath();
    ink.moveTo(x, y - 6 * sharp); ink.lineTo(x, y); ink.lineTo(end, y); ink.lineTo(end, y - 6 * sharp);
    ink.stroke();
    ink.font = `600 ${14 * sharp}px ${this.face()}`;
    ink.fillText(`${long}\u202fmm`, x + 6 * sharp, y - 8 * sharp);
  }

  /* Not here yet: hatched like all that is not known, never an empty plate. */
  hatched(colours) {
    const { ink, canvas, sharp } = this;
    ink.strokeStyle = colours.hatch;
    ink.globalAlpha = 0.35;
    ink.lineWidth = sharp;
    ink.beginPath();
    for (let x = -canvas.height; x < canvas.width; x += 14 * sharp) {
      ink.moveTo(x, canvas.height); ink.lineTo(x + canvas.height, 0);
    }
    ink.stroke();
    ink.globalAlpha = 1;
  }

  face() { return (this.typeface ??= getComputedStyle(this.canvas).fontFamily); }
}
