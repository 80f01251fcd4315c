/* What a page can do beyond links and forms. Every page works without it. No inline handlers: everything is found by
   data attributes, on the document, so that parts swapped in by htmx behave the same. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function closest(event, selector) { return event.target.closest ? event.target.closest(selector) : null; }
  function announce(text) {
    var place = document.getElementById("announce");
    if (place) { place.textContent = ""; setTimeout(function () { place.textContent = text; }, 50); }
  }

  /* data-copy="id": the text of that element to the clipboard; where the browser has none, it is marked to be copied by hand */
  function copy(button) {
    var from = document.getElementById(button.getAttribute("data-copy"));
    if (!from) { return; }
    function told() { announce("已复制"); button.textContent = "已复制"; }
    if (navigator.clipboard) { navigator.clipboard.writeText(from.textContent).then(told, function () { window.getSelection().selectAllChildren(from); }); return; }
    window.getSelection().selectAllChildren(from);
    if (document.execCommand("copy")) { told(); }
  }

  /* large type: remembered on this device, and in a cookie so that the server draws it at once */
  function remembered() { try { return localStorage.getItem("text_size"); } catch (none) { return null; } }
  function showSize(large) {
    if (large) { root.setAttribute("data-size", "large"); } else { root.removeAttribute("data-size"); }
    each(document.querySelectorAll("[data-act=size]"), function (button) { button.setAttribute("aria-pressed", String(large)); });
  }
  function chooseSize(large) {
    showSize(large);
    try { localStorage.setItem("text_size", large ? "large" : ""); } catch (none) { /* private window */ }
    document.cookie = "text_size=" + (large ? "large" : "") + ";path=/;max-age=31536000;samesite=lax";
    window.dispatchEvent(new Event("resize"));
  }
  if (remembered() === "large" && root.getAttribute("data-size") !== "large") { chooseSize(true); }

  /* forms: sent once, and not left by mistake (data-guard); data-many for forms that answer with a file */
  function hold(form, pressed) {
    each(form.querySelectorAll("button[type=submit],button:not([type])"), function (button) {
      button.disabled = true;
      if (button === pressed) { button.setAttribute("data-said", button.innerHTML); button.textContent = "正在提交"; }
    });
  }
  function release(form) {
    form.removeAttribute("data-sent");
    each(form.querySelectorAll("button[disabled]"), function (button) {
      button.disabled = false;
      if (button.hasAttribute("data-said")) { button.innerHTML = button.getAttribute("data-said"); button.removeAttribute("data-said"); }
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    form.removeAttribute("data-changed");
    if (form.method !== "post" || form.hasAttribute("data-many") || event.defaultPrevented) { return; }
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    var pressed = event.submitter || form.querySelector("button[type=submit],button:not([type])");
    setTimeout(function () { hold(form, pressed); }, 0);
  });
  window.addEventListener("pageshow", function () { each(document.querySelectorAll("form[data-sent]"), release); });
  document.addEventListener("input", function (event) {
    var form = closest(event, "form[data-guard]");
    if (form) { form.setAttribute("data-changed", ""); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-guard][data-changed]")) { event.preventDefault(); event.returnValue = ""; }
  });

  /* presses */
  document.addEventListener("click", function (event) {
    var found;
    if (closest(event, "[data-act=size]")) { chooseSize(root.getAttribute("data-size") !== "large"); }
    if ((found = closest(event, "[data-close]"))) { found.closest(".note").remove(); }
    if (closest(event, "[data-print]")) { window.print(); }
    if ((found = closest(event, "[data-copy]"))) { copy(found); }
    if ((found = closest(event, "[data-node]"))) { fold(found); }
    each(document.querySelectorAll("details.menu[open]"), function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
    found = closest(event, "tr[data-href]");
    if (found && !closest(event, "a,button,input,label,select,summary") && !String(window.getSelection())) {
      window.location.href = found.getAttribute("data-href");
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      each(document.querySelectorAll("details.menu[open]"), function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
    }
    var typing = closest(event, "input,textarea,select,[contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      var search = document.querySelector('[data-key="/"]');
      if (search && search.offsetParent) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  /* a tree table: rows name the node they hang under in data-under */
  function fold(button) {
    var open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    showUnder(button.getAttribute("data-node"), open);
  }
  function showUnder(node, visible) {
    each(document.querySelectorAll('tr[data-under="' + node + '"]'), function (row) {
      var button = row.querySelector("[data-node]");
      row.hidden = !visible;
      if (button) { showUnder(button.getAttribute("data-node"), visible && button.getAttribute("aria-expanded") === "true"); }
    });
  }

  /* choose all: <input type=checkbox data-all="pick"> ticks every input of that name in the same form */
  document.addEventListener("change", function (event) {
    var all = closest(event, "input[data-all]"), form = event.target.form;
    if (all) { each(boxes(form, all.getAttribute("data-all")), function (box) { box.checked = all.checked; }); }
    if (form && event.target.type === "checkbox") { countPicked(form); }
    if (closest(event, "[data-drop] input[type=file]")) { nameFiles(event.target); }
    if (closest(event, "form[data-at-once]")) { form.submit(); }
  });
  function boxes(form, name) { return (form || document).querySelectorAll('input[type=checkbox][name="' + name + '"]'); }
  function countPicked(form) {
    var all = form.querySelector("input[data-all]"), said = form.querySelector("[data-picked]");
    if (!all) { return; }
    var list = boxes(form, all.getAttribute("data-all")), count = 0;
    each(list, function (box) { count += box.checked ? 1 : 0; });
    all.checked = count > 0 && count === list.length;
    all.indeterminate = count > 0 && count < list.length;
    if (said) { said.textContent = "已选 " + count + " 条"; }
  }

  /* files dropped on the field */
  function nameFiles(input) {
    var names = [];
    each(input.files, function (file) { names.push(file.name); });
    input.closest("[data-drop]").querySelector(".drop__n").textContent = names.length ? "已选：" + names.join("、") : "";
  }
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var place = closest(event, "[data-drop]");
      if (!place) { return; }
      event.preventDefault();
      place.classList.toggle("is-over", kind === "dragover");
      var input = place.querySelector("input[type=file]");
      if (kind === "drop" && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; nameFiles(input); }
    });
  });

  /* an activity: everybody came; how people are counted; one more item of the agenda */
  function countMarks(section) {
    var total = {"应到": 0, "到会": 0, "请假": 0, "未到": 0};
    var words = {present: "到会", excused: "请假", absent: "未到"};
    each(section.querySelectorAll(".who"), function (who) {
      var chosen = who.querySelector("input:checked");
      total["应到"] += 1;
      if (chosen) { total[words[chosen.value]] += 1; }
    });
    each(section.querySelectorAll("[data-marks] [data-mark]"), function (place) {
      place.textContent = total[place.getAttribute("data-mark")];
    });
  }
  function showCounting() {
    var chosen = document.querySelector("[data-counting] input:checked");
    each(document.querySelectorAll("[data-when]"), function (part) {
      part.hidden = Boolean(chosen) && part.getAttribute("data-when") !== chosen.value;
    });
  }
  document.addEventListener("change", function (event) {
    if (closest(event, "[data-counting]")) { showCounting(); }
    if (closest(event, ".who") && !document.querySelector("[data-kept]")) { countMarks(event.target.closest("section")); }
  });
  document.addEventListener("click", function (event) {
    var all = closest(event, "[data-mark-all]"), add = closest(event, "[data-add-item]");
    if (all) {
      event.preventDefault();
      var section = all.closest("section");
      each(section.querySelectorAll('.who input[value="' + all.getAttribute("data-mark-all") + '"]'), function (box) { box.checked = true; });
      if (!document.querySelector("[data-kept]")) { countMarks(section); }
    }
    if (add) {
      event.preventDefault();
      var part = add.closest("section"), list = part.querySelector("[data-items]"), total = part.querySelector("[name=agenda-total]");
      var made = document.createElement("ol");
      made.innerHTML = part.querySelector("template[data-item]").innerHTML.replace(/__n__/g, total.value);
      var item = made.firstElementChild;
      list.appendChild(item);
      total.value = String(Number(total.value) + 1);
      item.querySelector("input").focus();
    }
  });
  document.addEventListener("htmx:afterSettle", showCounting);
  showCounting();

  /* the matrix: a cell opens its panel beside it; where there is no room beside it, its own page */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var cell = event.detail.elt;
    if (!cell.matches("a.cell")) { return; }
    if (!document.getElementById("drill").offsetParent) { event.preventDefault(); window.location.href = cell.href; return; }
    each(document.querySelectorAll("a.cell[aria-current]"), function (one) { one.removeAttribute("aria-current"); });
    cell.setAttribute("aria-current", "true");
  });

  /* htmx: focus goes to what is new; a lost connection is said in words */
  document.addEventListener("htmx:afterSettle", function (event) {
    var part = event.detail.elt, place = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
    if (place) { place.setAttribute("tabindex", "-1"); place.focus(); }
    var said = part.getAttribute("data-announce");
    if (said) { announce(said); }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest ? event.target.closest("form[data-sent]") : null;
    if (form) { release(form); }
  });
  function trouble(text) {
    return function () {
      announce(text);
      var main = document.getElementById("main"), note = document.createElement("div");
      each(document.querySelectorAll(".note[data-trouble]"), function (old) { old.remove(); });
      note.className = "note note--late gap"; note.setAttribute("data-trouble", ""); note.textContent = text;
      main.insertBefore(note, main.firstChild);
    };
  }
  document.addEventListener("htmx:sendError", trouble("没连上。刚填的内容还在这一页，连上后再提交。"));
  document.addEventListener("htmx:responseError", trouble("这一处没有取到，请刷新页面再看。"));

  showSize(root.getAttribute("data-size") === "large");
  var wrong = document.querySelector("[role=alert][data-focus]");
  if (wrong) { wrong.focus(); }
})();
