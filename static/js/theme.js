/* Light or dark: as the system says, until the reader chooses. Runs before the page is drawn, so that it does not flash. */
(function () {
  "use strict";
  var sheet = document.getElementById("dark-sheet");
  var asSystem = sheet.media;
  function chosen() {
    try { return localStorage.getItem("theme") || "system"; } catch (e) { return "system"; }
  }
  function show(theme) {
    sheet.media = theme === "dark" ? "screen" : theme === "light" ? "not all" : asSystem;
    document.documentElement.dataset.theme = theme;
  }
  show(chosen());
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (box) {
      box.hidden = false;
      box.querySelectorAll("input").forEach(function (input) {
        input.checked = input.value === chosen();
        input.addEventListener("change", function () {
          try { localStorage.setItem("theme", input.value); } catch (e) { /* private window: for this page only */ }
          show(input.value);
        });
      });
    });
  });
})();
