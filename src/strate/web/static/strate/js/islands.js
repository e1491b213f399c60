/* Wakes an island when it comes into sight: until then its script, and three.js with it, costs nothing. */

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    wake(target);
  }
}, { rootMargin: "200px" });

/* What the server drew stays on the page when the island cannot start. */
async function wake(element) {
  try {
    const island = await import(element.dataset.island);
    await island.start(element);
    element.dataset.state = "awake";
  } catch (error) {
    element.dataset.state = "asleep";
    const said = element.querySelector("[data-said]");
    if (said) said.textContent = said.dataset.failed ?? "";
    console.warn(error);
  }
}

/* Pages bring pieces of themselves later: an island among them is waited for too. */
function look() {
  for (const element of document.querySelectorAll("[data-island]:not([data-state])")) {
    element.dataset.state = "waiting";
    seen.observe(element);
  }
}

look();
document.addEventListener("htmx:afterSettle", look);
