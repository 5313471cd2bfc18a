/* Notes on the walk: saved while they are typed, kept on this phone while there is no network, and sent later by
   themselves. What is kept is erased once it was sent, at sign-out, and after a week. Without this script the form
   is sent by its button. */
(function () {
  "use strict";
  var PREFIX = "peerlearn-note:", WEEK = 7 * 24 * 3600 * 1000;

  function names() {
    var found = [];
    try {
      for (var i = 0; i < localStorage.length; i++) {
        if (localStorage.key(i).indexOf(PREFIX) === 0) { found.push(localStorage.key(i)); }
      }
    } catch (e) { /* a private window keeps nothing */ }
    return found;
  }
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch (e) { return null; }
  }
  function keep(name, entry) {
    try { localStorage.setItem(name, JSON.stringify(entry)); return true; } catch (e) { return false; }
  }
  function forget(name) {
    try { localStorage.removeItem(name); } catch (e) { /* nothing is kept then */ }
  }
  names().forEach(function (name) {
    var entry = read(name);
    if (!entry || Date.now() - entry.at > WEEK) { forget(name); }
  });

  /* Sign-out: say what would be lost, then erase. */
  var leaving = document.querySelector("form[data-forget-notes]");
  if (leaving) {
    var warning = document.querySelector("[data-kept-notes]");
    if (warning && names().length) { warning.hidden = false; }
    leaving.addEventListener("submit", function () { names().forEach(forget); });
  }

  var place = document.querySelector("[data-notes-of]");
  if (!place) { return; }
  var mine = PREFIX + place.dataset.notesOf + ":";
  var token = (document.querySelector("[name=csrfmiddlewaretoken]") || {}).value;

  /* (entry) -> a promise of {status, body}; status 0 is a network that is not there, or an answer that is not ours. */
  function post(entry) {
    var body = new URLSearchParams(entry.fields), stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, 15000);
    body.set("csrfmiddlewaretoken", token);
    return fetch(entry.url, {
      method: "POST", body: body, credentials: "same-origin", redirect: "error", signal: stop.signal,
      headers: { Accept: "application/json" }
    }).then(function (answer) {
      if ((answer.headers.get("Content-Type") || "").indexOf("json") < 0) { return { status: 0, refused: answer.status }; }
      return answer.json().then(function (given) { return { status: answer.status, body: given }; });
    }).catch(function () { return { status: 0 }; }).finally(function () { clearTimeout(timer); });
  }

  var form = document.querySelector("form[data-note]");
  var own = form ? mine + form.dataset.note : "";

  /* Notes of other visits that were kept: sent from whichever of these pages is open. */
  function sweep() {
    var box = document.querySelector("[data-kept]");
    names().filter(function (name) { return name.indexOf(mine) === 0 && name !== own; }).forEach(function (name) {
      var entry = read(name);
      post(entry).then(function (answer) {
        var same = (read(name) || {}).at === entry.at;
        if (answer.status === 200 && same) { forget(name); }
        if (!box) { return; }
        var left = names().filter(function (one) { return one.indexOf(mine) === 0; });
        box.hidden = !left.length;
        box.querySelector("[data-kept-words]").textContent = answer.status === 409
          ? "A note that is kept on this phone differs from what was saved elsewhere: open it and choose."
          : answer.status === 422 ? answer.body.why
          : (left.length === 1 ? "1 note is" : left.length + " notes are") + " kept on this phone, and will be sent.";
      });
    });
  }
  sweep();
  window.addEventListener("online", sweep);
  if (!form) { return; }

  var said = form.querySelector("[data-said]"), nudge = form.querySelector("[data-nudge]");
  var choice = form.querySelector("[data-newer]"), going = false, again = false, timer = 0, leave = false;
  var KEPT = "Kept on this phone; will be sent.";

  function fields() {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.name && one.name !== "csrfmiddlewaretoken" && one.type !== "submit";
    });
  }
  function typed() {
    var given = {};
    fields().forEach(function (one) { given[one.name] = one.value; });
    return given;
  }
  function fill(words) {
    fields().forEach(function (one) {
      if (one.name in words && one.name !== "seen" && one.name !== "mark") { one.value = words[one.name]; }
      else if (one.name.indexOf("look_") === 0) { one.value = ""; }
    });
  }
  function say(words) { if (said.textContent !== words) { said.textContent = words; } }
  function changed() {
    var entry = { url: form.dataset.keep, fields: typed(), at: Date.now() };
    if (!keep(own, entry)) { say("Not saved yet"); } else { say(navigator.onLine ? "Saving" : KEPT); }
    clearTimeout(timer);
    timer = setTimeout(send, 800);
  }

  function send() {
    if (going) { again = true; return; }
    var entry = read(own) || { url: form.dataset.keep, fields: typed(), at: 0 };
    entry.fields.seen = form.elements.seen.value;
    going = true;
    again = false;
    post(entry).then(function (answer) {
      going = false;
      if (answer.status === 200) { saved(entry, answer.body); }
      else if (answer.status === 409) { ask(answer.body); }
      else if (answer.status === 422) { say("Not saved: " + answer.body.why); }
      else if (answer.refused === 403 || answer.refused === 404) { say("Not saved. Load this page again: your words are kept on this phone."); }
      else { say(KEPT); timer = setTimeout(send, 15000); }
    });
  }
  function saved(entry, given) {
    form.elements.seen.value = given.version;
    choice.hidden = true;
    nudge.textContent = given.nudge;
    nudge.hidden = !given.nudge;
    var now = read(own);
    if (again || now && now.at !== entry.at) { send(); return; }
    forget(own);
    say(given.said);
    if (leave) { window.location = form.dataset.after; }
  }
  function ask(given) {
    var list = choice.querySelector("[data-newer-words]");
    leave = false;
    list.textContent = "";
    fields().forEach(function (one) {
      var there = String(given.words[one.name] === undefined ? "" : given.words[one.name]);
      if (one.name === "seen" || one.name === "mark" || there === one.value) { return; }
      var name = document.createElement("h3"), words = document.createElement("p");
      name.textContent = (form.querySelector("label[for=" + one.id + "]") || {}).textContent || one.name;
      words.textContent = there || "(empty)";
      list.append(name, words);
    });
    choice.hidden = false;
    say("Not saved yet: choose above.");
    choice.querySelector("[data-mine]").onclick = function () { form.elements.seen.value = given.version; send(); };
    choice.querySelector("[data-theirs]").onclick = function () {
      fill(given.words);
      form.elements.seen.value = given.version;
      forget(own);
      choice.hidden = true;
      say("These are the words that were saved.");
    };
    choice.focus();
  }

  var kept = read(own);
  if (kept) {
    fill(kept.fields);
    form.elements.mark.value = kept.fields.mark;
    form.elements.seen.value = kept.fields.seen;
    say(KEPT);
    send();
  } else {
    form.elements.mark.value = Date.now().toString(36) + Math.random().toString(36).slice(2);
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", function (event) { event.preventDefault(); leave = true; clearTimeout(timer); send(); });
  window.addEventListener("online", function () { if (read(own)) { clearTimeout(timer); send(); } });
  window.addEventListener("offline", function () { if (read(own)) { say(KEPT); } });

  /* Counts: a thumb on a large button instead of a number to type. */
  form.querySelectorAll("input[data-tally]").forEach(function (input) {
    var label = (form.querySelector("label[for=" + input.id + "]") || {}).textContent.trim(), row = document.createElement("div");
    row.className = "tally";
    input.before(row);
    [["−", -1, "One less: "], ["", 0, ""], ["+", 1, "One more: "]].forEach(function (part) {
      if (!part[1]) { row.append(input); return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-secondary";
      button.textContent = part[0];
      button.setAttribute("aria-label", part[2] + label);
      button.addEventListener("click", function () {
        input.value = Math.min(999, Math.max(0, (parseInt(input.value, 10) || 0) + part[1]));
        changed();
      });
      row.append(button);
    });
  });
})();
