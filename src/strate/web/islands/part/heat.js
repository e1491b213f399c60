/* Colours of a value around zero that every eye tells apart: blue where matter is missing, red where there is too much. */

const STOPS = [
  [-1, 0x214ab5], [0, 0xddddd9], [1, 0xbe1e24],
].map(([at, hex]) => [at, [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255]]);
const UNKNOWN = [0.5, 0.5, 0.5];

/* Red, green, blue from 0 to 1; beyond the reach the colour stays that of its end. */
export function colourOf(value, reach) {
  if (!Number.isFinite(value)) return UNKNOWN;
  const at = Math.min(Math.max(value / (reach || 1), -1), 1);
  const next = Math.max(STOPS.findIndex(([stop]) => at <= stop), 1);
  const [[low, from], [high, to]] = [STOPS[next - 1], STOPS[next]];
  return from.map((channel, n) => channel + ((at - low) / (high - low)) * (to[n] - channel));
}

/* Three.js mixes light, not ink: what is read from a screen is brought back to light. */
const light = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

export function coloursOf(values, reach) {
  const found = new Float32Array(3 * values.length);
  values.forEach((value, at) => found.set(colourOf(value, reach).map(light), 3 * at));
  return found;
}

/* The scale beside the drawing: drawn, not styled, so that it prints and is saved with it. */
export function legend(canvas, reach, write, colours) {
  const ink = canvas.getContext("2d"), sharp = Math.min(devicePixelRatio || 1, 3);
  canvas.width = canvas.clientWidth * sharp;
  canvas.height = canvas.clientHeight * sharp;
  const bar = canvas.height - 24 * sharp;
  for (let x = 0; x < canvas.width; x++) {
    const [r, g, b] = colourOf(((2 * x) / canvas.width - 1) * reach, reach);
    ink.fillStyle = `rgb(${255 * r} ${255 * g} ${255 * b})`;
    ink.fillRect(x, 0, 1, bar);
  }
  ink.fillStyle = colours.ink;
  ink.font = `600 ${14 * sharp}px ${getComputedStyle(canvas).fontFamily}`;
  ink.textBaseline = "bottom";
  for (const [at, place] of [[-reach, "left"], [0, "center"], [reach, "right"]]) {
    ink.textAlign = place;
    ink.fillText(write(at), ((at / reach + 1) / 2) * canvas.width, canvas.height);
  }
}
