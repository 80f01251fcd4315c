/* /record/ and its empty form for a start without network. On this device stand the key of the user and the names of the branches
   he records for, never a person; both go when he signs out (phone.js). Loaded before phone.js. */
(function () {
  "use strict";
  var HERE = "shanghui.here", MOST = 20, form = document.querySelector('form[data-phone="record"]');

  function read() { try { return JSON.parse(localStorage.getItem(HERE)); } catch (none) { return null; } }
  function remember(user) {
    var before = read(), unit = form.elements.unit, known = before && before.user === user ? before.units : [];
    var own = [unit.value, form.getAttribute("data-unit")];
    known = [own].concat(known.filter(function (one) { return one[0] !== own[0]; })).slice(0, MOST);
    try { localStorage.setItem(HERE, JSON.stringify({ user: user, units: known })); } catch (full) { /* then it is not there without network */ }
  }
  function keepShell() {
    if ("serviceWorker" in navigator) { navigator.serviceWorker.register("/record/worker.js").catch(function () { /* it works without */ }); }
  }

  function say(name, on) { document.querySelector("[data-" + name + "]").hidden = !on; }
  function today() {
    var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }
  function units(known) {
    var part = form.querySelector("[data-units]"), place = part.querySelector(".chips"), asked = (location.search.match(/[?&]unit=(\d+)/) || [])[1];
    var first = known.filter(function (one) { return one[0] === asked; })[0] || known[0];
    known.forEach(function (one) {
      var chip = document.createElement("label"), input = document.createElement("input"), word = document.createElement("span");
      chip.className = "chip"; input.type = "radio"; input.name = "unit"; input.value = one[0]; word.textContent = one[1];
      if (one === first) { input.defaultChecked = true; }
      input.setAttribute("data-name", one[1]);
      chip.appendChild(input); chip.appendChild(word); place.appendChild(chip);
    });
    part.hidden = known.length < 2;
    named(first[1]);
  }
  function named(name) {
    form.setAttribute("data-unit", name);
    document.querySelector("[data-unit-name]").textContent = name;
  }
  function recall() {
    var here = read(), begun = /[?&](activity|restore)=/.test(location.search), day = form.elements.held_on;
    say("nobody", !here);
    say("begun", here && begun);
    say("offline", here && !begun);
    if (!here || begun) { return; }
    document.body.setAttribute("data-user", here.user);
    units(here.units);
    day.defaultValue = day.max = today();
    form.hidden = false;
    window.addEventListener("online", function () { say("offline", false); say("online", true); });
    document.addEventListener("change", function (event) { if (event.target.name === "unit") { named(event.target.getAttribute("data-name")); } });
  }

  if (!form) { return; }
  if (document.body.hasAttribute("data-shell")) { recall(); return; }
  remember(document.body.getAttribute("data-user") || "");
  keepShell();
})();
