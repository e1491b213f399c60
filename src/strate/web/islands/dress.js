/* What every island shares: the colours of the page as it stands, numbers as the page writes them, a picture to keep. */

const NARROW = "\u202f";
const COLOURS = [
  "raised", "sunken", "panel", "line", "line-strong", "ink", "ink-soft", "hatch", "accent", "accent-wash", "solid",
  "stop-fill", "warn-fill", "live-fill", "ok-fill", "doubt-fill", "on-stop", "on-warn", "on-live",
];

export function palette(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/* The hall may be dressed for night by hand or by the device. */
export function whenDressed(change) {
  new MutationObserver(change).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
}

/* On paper there is no night: the page and its drawings are dressed for day, and back. */
export function whenPrinted(draw, undo) {
  let before;
  addEventListener("beforeprint", () => {
    before ??= document.documentElement.dataset.theme ?? "";
    document.documentElement.dataset.theme = "light";
    draw();
  });
  addEventListener("afterprint", () => {
    if (before) document.documentElement.dataset.theme = before;
    else delete document.documentElement.dataset.theme;
    before = undefined;
    undo();
  });
}

const language = document.documentElement.lang || "fr";
export function written(value, digits = 0, unit = "") {
  if (!Number.isFinite(value)) return "—";
  const said = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "min2" });
  return said.format(value).replace("-", "−") + (unit && NARROW + unit);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* A drawing with its name under it, as a file. */
export async function keep(canvas, caption, name) {
  const blob = await new Promise((done) => captioned(canvas, caption).toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function captioned(drawing, caption, sheet = document.createElement("canvas")) {
  const size = Math.max(14, Math.round(drawing.width / 60)), margin = size, row = Math.round(size * 1.5);
  sheet.width = drawing.width;
  sheet.height = drawing.height + margin + caption.length * row;
  const ink = sheet.getContext("2d"), colours = palette(document.documentElement);
  ink.fillStyle = colours.raised;
  ink.fillRect(0, 0, sheet.width, sheet.height);
  ink.drawImage(drawing, 0, 0);
  ink.fillStyle = colours.ink;
  const face = getComputedStyle(document.body).fontFamily;
  caption.forEach((line, number) => {
    ink.font = `${number ? 450 : 700} ${size}px ${face}`;
    ink.fillText(line, margin, drawing.height + margin + number * row, sheet.width - 2 * margin);
  });
  return sheet;
}
