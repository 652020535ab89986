// Before anything is drawn, so that nothing flashes: the theme that was chosen, else what the system has.
(function () {
  try {
    const chosen = localStorage.getItem("millrace.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch (e) { /* Where nothing can be kept, the system says. */ }
})();
