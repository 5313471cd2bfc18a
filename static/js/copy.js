/* Shows the buttons that copy a field, where the browser can do it, and says in words that it was done. */
(function () {
  "use strict";
  if (!navigator.clipboard) { return; }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var field = document.getElementById(button.dataset.copy);
    var words = document.querySelector('[data-copied="' + button.dataset.copy + '"]');
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(
        function () { words.textContent = "Copied. Paste it into your calendar."; },
        function () { field.select(); words.textContent = "Press Ctrl+C, or ⌘C on a Mac, to copy it."; }
      );
    });
  });
})();
