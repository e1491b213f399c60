/* Puts the hall or the day theme before anything is drawn, so that nothing flashes. */
(() => {
  const chosen = /(?:^|; )strate_theme=(light|dark)/.exec(document.cookie);
  if (chosen) document.documentElement.dataset.theme = chosen[1];
})();
