/* Wires the passkey buttons to allauth's own functions, and says so in words when the browser gave no passkey. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-passkey]").forEach(function (button) {
      window.allauth.webauthn.forms[button.dataset.passkey]({ ids: JSON.parse(button.dataset.ids) });
      button.addEventListener("click", function () { say(false); });
    });
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    say(true);
  });
  function say(failed) {
    document.querySelectorAll("[data-passkey-failed]").forEach(function (words) { words.hidden = !failed; });
  }
})();
