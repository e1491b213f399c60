/* Fingers, mouse and wheel on a flat drawing: one moves it, two pull it larger, the wheel enlarges under the pointer. */

export function hands(canvas, { pan, zoom, rest }) {
  const down = new Map();
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pair = () => {
    const [a, b] = [...down.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1) };
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    if (down.size === 2) {
      const was = pair();
      down.set(event.pointerId, place(event));
      const is = pair();
      pan(is.x - was.x, is.y - was.y);
      zoom(is.apart / was.apart, is.x, is.y);
    } else if (down.size === 1) {
      const now = place(event);
      down.set(event.pointerId, now);
      pan(now.x - before.x, now.y - before.y);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => { down.delete(event.pointerId); rest?.(); });
  }
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = place(event);
    zoom(Math.exp(-event.deltaY / 400), x, y);
  }, { passive: false });
}
