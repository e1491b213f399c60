/* The findings on the part: real buttons laid over the drawing, so that a glove, a key and a screen reader reach them. */

const APART = 34;

export class Marks {
  constructor(holder, scene, chosen) {
    this.scene = scene;
    this.all = [...document.querySelectorAll("[data-finding][data-point]")].map((row) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `see-mark is-${row.dataset.state}`;
      button.textContent = row.dataset.finding;
      button.setAttribute("aria-label", row.querySelector("[data-says]").textContent);
      const mark = { row, button, point: row.dataset.point.split(" ").map(Number) };
      button.addEventListener("click", () => chosen(mark));
      for (const link of row.querySelectorAll("[data-show]")) link.addEventListener("click", () => chosen(mark));
      holder.append(button);
      return mark;
    });
  }

  place() {
    const { wide, high } = this.scene;
    const taken = [];
    for (const { row, button, point } of this.all) {
      if (isFolded(row)) { button.hidden = true; continue; }
      const { x, y, before } = apart(this.scene.screen(point), taken);
      button.hidden = !before || x < -20 || y < -20 || x > wide + 20 || y > high + 20;
      button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }

  choose(mark) {
    this.chosen = mark;
    for (const { row, button } of this.all) {
      button.setAttribute("aria-pressed", String(row === mark.row));
      row.classList.toggle("is-chosen", row === mark.row);
    }
  }

  /* The same marks in a picture, where buttons are not. */
  drawOn(ink, share, colours) {
    const tones = { refused: ["stop-fill", "on-stop"], to_check: ["warn-fill", "on-warn"], idle: ["live-fill", "on-live"] };
    const taken = [];
    for (const { row, point } of this.all) {
      if (isFolded(row)) continue;
      const { x, y, before } = apart(this.scene.screen(point), taken);
      if (!before) continue;
      const [fill, on] = tones[row.dataset.state] ?? tones.idle;
      ink.fillStyle = colours[fill];
      ink.beginPath();
      ink.arc(x * share, y * share, 13 * share, 0, 7);
      ink.fill();
      ink.fillStyle = colours[on];
      ink.font = `700 ${15 * share}px ${getComputedStyle(document.body).fontFamily}`;
      ink.textAlign = "center";
      ink.textBaseline = "middle";
      ink.fillText(row.dataset.finding, x * share, y * share);
    }
  }
}

/* One of many alike, while the line they share is closed. */
function isFolded(row) { return row.closest("details:not([open])") !== null; }

/* Findings in one place stand side by side: each can be read, each can be tapped. */
function apart(place, taken) {
  while (taken.some(({ x, y }) => Math.abs(x - place.x) < APART && Math.abs(y - place.y) < APART)) place.x += APART;
  taken.push(place);
  return place;
}
