/* A page printed says all that it holds: what is folded away is opened for the printer, and closed again. */
(() => {
  "use strict";

  const unfolded = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(".page-main details:not([open])")) {
      fold.open = true;
      unfolded.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of unfolded.splice(0)) fold.open = false;
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
