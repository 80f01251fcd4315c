/* Forms that are filled in where the network is weak: form[data-phone]. What is typed is kept on this device as a draft; what
   cannot be sent waits in an outbox and goes by itself, once: the server knows each submission by its key. Kept are the keys of
   people, never their names. Everything belongs to the signed-in user and goes when he signs out. */
(function () {
  "use strict";
  var user = document.body.getAttribute("data-user") || "";
  var OURS = "shanghui.", OUTBOX = OURS + "outbox." + user, EVERY = 30000, PATIENCE = 25000;
  var sending = false, told = [], refill = null, pristine = {}, seen = {};
  var inShell = document.body.hasAttribute("data-shell");   /* the page for a start without network, see record.js */

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch (none) { return null; } }
  function keep(name, value) {
    try { if (value === null) { localStorage.removeItem(name); } else { localStorage.setItem(name, JSON.stringify(value)); } return true; } catch (full) { return false; }
  }
  function make(tag, text, more) {
    var made = document.createElement(tag), name;
    if (text) { made.textContent = text; }
    for (name in more || {}) { made.setAttribute(name, more[name]); }
    return made;
  }
  function moment(at) {
    var day = new Date(at), two = function (n) { return (n < 10 ? "0" : "") + n; };
    return (day.getMonth() + 1) + "月" + day.getDate() + "日 " + two(day.getHours()) + ":" + two(day.getMinutes());
  }
  function newKey() {
    var bytes = crypto.getRandomValues(new Uint8Array(16)), hex = "";
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    each(bytes, function (one) { hex += (one < 16 ? "0" : "") + one.toString(16); });
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
  function cookie(name) { var found = document.cookie.match("(?:^|; )" + name + "=([^;]*)"); return found ? found[1] : ""; }

  /* the fields of a form as pairs, and back */
  function fieldsOf(form) {
    var found = [];
    new FormData(form).forEach(function (value, name) { if (name !== "csrfmiddlewaretoken" && typeof value === "string") { found.push([name, value]); } });
    return found;
  }
  function fill(place, fields) {
    each(place.querySelectorAll("input,textarea,select"), function (one) {
      if (!one.name || one.name === "csrfmiddlewaretoken") { return; }
      var same = fields.filter(function (pair) { return pair[0] === one.name; });
      if (one.type === "checkbox") { one.checked = same.some(function (pair) { return pair[1] === one.value; }); }
      else if (one.type === "radio") { if (same.length) { one.checked = same[0][1] === one.value; } }
      else if (same.length) { one.value = same[0][1]; }
      if (one.checked && one.closest("details")) { one.closest("details").open = one.closest("details").open || one.type === "checkbox" || one.name === "type"; }
    });
    each(place.querySelectorAll("[data-person]"), paint);
    count(place);
    sums(place.closest("form") || place);
  }

  /* names: a tap goes round 到会, 请假, 未到; the radio buttons underneath are what is sent */
  var SHORT = { present: "in", excused: "leave", absent: "out" }, WORD = { present: "到会", excused: "请假", absent: "未到" };
  function paint(person) {
    var chosen = person.querySelector("input:checked"), button = person.querySelector("button"), name = person.getAttribute("data-person");
    if (!chosen) { return; }
    button.setAttribute("data-s", SHORT[chosen.value]);
    button.textContent = name;
    if (chosen.value !== "present") { button.appendChild(make("small", WORD[chosen.value])); }
    button.setAttribute("aria-label", name + "，" + WORD[chosen.value] + "，点按切换");
  }
  function count(place) {
    each(place.querySelectorAll("[data-count]"), function (one) {
      var kind = one.getAttribute("data-count"), chosen = kind === "expected" ? "" : '[value="' + kind + '"]';
      one.textContent = place.querySelectorAll("[data-person] input:checked" + chosen).length;
    });
  }
  function tap(person) {
    var inputs = person.querySelectorAll("input"), place = 0;
    each(inputs, function (one, at) { if (one.checked) { place = at; } });
    inputs[(place + 1) % inputs.length].checked = true;
    paint(person);
    count(person.closest("form"));
    later(person.closest("form"));
  }
  /* what a form says in a line of its own: day, hour, place */
  function sums(form) {
    var when = form.querySelector("[data-when]"), where = form.querySelector("[data-where]");
    if (!when) { return; }
    var day = form.elements.held_on.value, parts = day.split("-");
    when.textContent = (day === when.getAttribute("data-today") ? "今天" : parts.length === 3 ? (+parts[1]) + "月" + (+parts[2]) + "日" : "没写日期") +
      (form.elements.begins.value ? " " + form.elements.begins.value.slice(0, 5) : "");
    where.textContent = form.elements.place.value || "没写地点";
  }
  /* other names for another kind of meeting, day or host */
  function reload(form, changed) {
    var roster = form.querySelector("#roster"), type = form.querySelector("input[name=type]:checked");
    if (!roster) { return; }
    var group = type ? type.getAttribute("data-group") : "", before = form.getAttribute("data-group");
    if (group === "talk") { form.setAttribute("data-type", "talk"); } else { form.setAttribute("data-type", type ? type.value : ""); }
    form.setAttribute("data-group", group);
    if (changed || group !== before) { window.htmx.trigger(roster, "reload"); }
  }
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "roster") { return; }
    seen[placeOf(event.target.closest("form"))] = event.target.innerHTML;
    if (!refill) { return; }
    fill(event.target, refill);
    refill = null;
  });
  /* without network the names seen on this page serve again, as long as day and hosts are the same; otherwise it is said */
  function placeOf(form) { return [form.getAttribute("data-group"), form.elements.held_on.value, String(hostsOf(form))].join("|"); }
  function atHand(form) {
    var roster = form.querySelector("#roster"), group = form.getAttribute("data-group");
    seen[placeOf(form)] = roster.innerHTML;
    each(form.querySelectorAll("template[data-names]"), function (one) {
      seen[placeOf(form).replace(group, one.getAttribute("data-names"))] = one.innerHTML;
    });
  }
  document.addEventListener("htmx:sendError", function (event) {
    if (event.target.id !== "roster") { return; }
    var roster = event.target, form = roster.closest("form"), names = seen[placeOf(form)], typed = refill || fieldsOf(form);
    refill = null;
    form.setAttribute("data-stale", "");
    each(form.querySelectorAll("[data-stale-note]"), function (old) { old.remove(); });
    if (names) { roster.innerHTML = names; fill(roster, typed); return; }
    roster.parentNode.insertBefore(make("p", "没有网络，名单没有换成新的。先提交也行，连上网以后会请您看一下名单。", { "class": "note note--soon", role: "status", "data-stale-note": "" }), roster);
  });
  window.addEventListener("online", function () {
    each(document.querySelectorAll("form[data-stale]"), function (form) {
      form.removeAttribute("data-stale");
      each(form.querySelectorAll("[data-stale-note]"), function (old) { old.remove(); });
      refill = fieldsOf(form);
      window.htmx.trigger(form.querySelector("#roster"), "reload");
    });
  });

  /* drafts */
  function draftOf(form) { return OURS + "draft." + user + "." + form.getAttribute("data-draft"); }
  var waitingToKeep = null;
  function later(form) { clearTimeout(waitingToKeep); waitingToKeep = setTimeout(function () { saveDraft(form); }, 300); }
  function saveDraft(form) { return !form.hidden && keep(draftOf(form), { at: Date.now(), fields: fieldsOf(form) }); }
  function dropDraft(form) { clearTimeout(waitingToKeep); keep(draftOf(form), null); }
  function restore(form, kept) {
    refill = form.querySelector("#roster") ? kept.fields : null;
    var day = form.elements.held_on && form.elements.held_on.value, hosts = String(hostsOf(form));
    fill(form, kept.fields);
    var changed = (form.elements.held_on && form.elements.held_on.value !== day) || String(hostsOf(form)) !== hosts, before = form.getAttribute("data-group");
    reload(form, changed);
    if (!changed && form.getAttribute("data-group") === before) { refill = null; }
  }
  function hostsOf(form) { return fieldsOf(form).filter(function (pair) { return pair[0] === "hosts"; }); }
  /* what was typed without network belongs to the page of its branch, as soon as that can be opened */
  function draftFor(form) {
    var name = draftOf(form), apart = OURS + "draft." + user + ".record.shell", kept = read(apart);
    if (read(name) || !kept || !/\.record\.\d+$/.test(name)) { return name; }
    return kept.fields.some(function (pair) { return pair[0] === "unit" && pair[1] === form.elements.unit.value; }) ? apart : name;
  }
  function offerDraft(form) {
    var name = draftFor(form), kept = read(name);
    if (!kept) { return; }
    if (name !== draftOf(form)) { keep(draftOf(form), kept); keep(name, null); }
    restore(form, kept);
    var note = make("div", "", { "class": "note gap-s", role: "status" }), text = make("div", "", { "class": "grow" }), row = make("div", "", { "class": "row gap-top-s" });
    text.appendChild(make("p", "这是 " + moment(kept.at) + " 没交的草稿，已填回原处。"));
    var on = make("button", "继续", { type: "button", "class": "btn btn--s" }), off = make("button", "丢掉", { type: "button", "class": "btn btn--s btn--quiet" });
    row.appendChild(on); row.appendChild(off); text.appendChild(row); note.appendChild(text);
    on.addEventListener("click", function () { note.remove(); });
    off.addEventListener("click", function () { keep(draftOf(form), null); note.remove(); afresh(form); });
    var box = make("div", "", { "class": "waiting", "data-draft-note": "" });
    box.appendChild(note);
    form.parentNode.insertBefore(box, form);
  }
  /* the form as the page brought it, under a new key */
  function afresh(form) {
    var copy = pristine[form.getAttribute("data-draft")].cloneNode(true);
    form.replaceWith(copy);
    copy.elements.key.value = newKey();
    if (window.htmx) { window.htmx.process(copy); }
    return copy;
  }

  /* errors, each at its field */
  function show(form, errors) {
    each(form.querySelectorAll(".err"), function (old) { old.remove(); });
    each(form.querySelectorAll("[aria-invalid]"), function (one) { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
    var first = null;
    Object.keys(errors).forEach(function (name) {
      var fields = form.querySelectorAll('[name="' + name + '"]'), field = fields[0], id = "e-" + name, said = make("p", errors[name], { "class": "err", id: id });
      var place = name === "people" ? form.querySelector("#r-people") : name === "type" ? form.querySelector("#r-type") : field && fields.length < 2 ? field : field && field.closest("fieldset");
      if (!place) { said.setAttribute("class", "err f"); said.setAttribute("tabindex", "-1"); form.insertBefore(said, form.firstChild); first = first || said; return; }
      if (place.closest("details")) { place.closest("details").open = true; }
      if (place === field) { field.parentNode.insertBefore(said, field); field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", id); }
      else { place.insertBefore(said, place.children[1] || null); }
      first = first || place;
    });
    if (first) { first.focus(); first.scrollIntoView({ block: "center" }); }
  }
  function lacking(form) {
    var errors = {};
    each(form.querySelectorAll("[data-need]"), function (one) { if (one.offsetParent && !one.value.trim()) { errors[one.name] = one.getAttribute("data-need"); } });
    return Object.keys(errors).length ? errors : null;
  }

  /* sending one thing */
  function post(entry) {
    var body = new URLSearchParams(), stop = window.AbortController ? new AbortController() : null;
    entry.fields.forEach(function (pair) { body.append(pair[0], pair[1]); });
    var clock = setTimeout(function () { if (stop) { stop.abort(); } }, PATIENCE);
    var asked = { method: "POST", body: body, credentials: "same-origin", redirect: "manual", headers: { "Accept": "application/json", "X-CSRFToken": cookie("csrftoken") } };
    if (stop) { asked.signal = stop.signal; }
    return fetch(entry.action, asked).then(function (answer) {
      clearTimeout(clock);
      if (answer.type === "opaqueredirect") { return { kind: "signedout" }; }
      if (answer.status === 200 || answer.status === 422) {
        return answer.json().then(function (said) { return said.url ? { kind: "sent", url: said.url } : { kind: "refused", errors: said.errors }; });
      }
      if (answer.status === 403 || answer.status === 404) { return { kind: "refused", errors: { __all__: "没有收下：您现在没有这个支部或商会的席位。内容还在，请问办公室。" } }; }
      return { kind: "trouble" };
    }).catch(function () { clearTimeout(clock); return { kind: navigator.onLine === false ? "offline" : "unreached" }; });
  }

  /* the outbox */
  function outbox() { return read(OUTBOX) || []; }
  function put(entry) { return keep(OUTBOX, outbox().filter(function (one) { return one.key !== entry.key; }).concat([entry])); }
  function take(key) { var left = outbox().filter(function (one) { return one.key !== key; }); keep(OUTBOX, left.length ? left : null); }
  function flush() {
    var next = outbox().filter(function (one) { return one.state !== "refused"; });
    if (sending || !next.length || navigator.onLine === false) { draw(); return; }
    sending = true;
    next.reduce(function (before, entry) {
      return before.then(function (goes) { return goes ? post(entry).then(function (answer) { return settled(entry, answer); }) : false; });
    }, Promise.resolve(true)).then(function () { sending = false; draw(); });
  }
  function namesLater(entry) { return entry.fields.some(function (pair) { return pair[0] === "names" && pair[1] === "later"; }); }
  function settled(entry, answer) {
    if (answer.kind === "sent") { take(entry.key); told.push({ title: entry.title, url: answer.url, later: namesLater(entry) }); return true; }
    entry.state = answer.kind;
    entry.errors = answer.errors || null;
    put(entry);
    return answer.kind === "refused";
  }
  var WHY = {
    offline: "没有网络，已存在本机，连上网会自动送出。", unreached: "没有连上，已存在本机，连上网会自动送出。",
    trouble: "服务器现在收不下，已存在本机，过一会儿自动再送。", signedout: "登录已过期。请重新登录，登录后自动送出。", waiting: "正在送出。"
  };
  function draw() {
    var place = document.getElementById("waiting"), main = document.getElementById("main"), list = outbox();
    if (!place && main) { place = make("div", "", { id: "waiting", "class": "waiting stack-s", role: "status" }); main.insertBefore(place, main.firstChild); }
    if (!place) { return; }
    place.textContent = "";
    place.hidden = !list.length && !told.length;
    told.forEach(function (one) {
      var note = make("div", "", { "class": "note note--done" }), text = make("div", "已送出：" + one.title + "。", { "class": "grow" });
      text.appendChild(make("a", one.later ? "名单还没点，去补上" : "看记录", { href: one.url })); note.appendChild(text); place.appendChild(note);
    });
    list.forEach(function (one) { place.appendChild(line(one)); });
  }
  function line(entry) {
    var refused = entry.state === "refused", note = make("div", "", { "class": "note " + (refused ? "note--late" : "note--soon") }), text = make("div", "", { "class": "grow" });
    text.appendChild(make("p", inShell ? moment(entry.at) + " 记的一条" : entry.title + "（" + moment(entry.at) + "）"));
    text.appendChild(make("p", refused ? "没有收下，内容还在：" + Object.keys(entry.errors || {}).map(function (name) { return entry.errors[name]; }).join(" ") : WHY[entry.state] || WHY.waiting));
    if (refused) { text.appendChild(make("a", "打开改", { href: entry.page + (entry.page.indexOf("?") < 0 ? "?" : "&") + "restore=" + entry.key })); }
    if (entry.state === "signedout") { text.appendChild(make("a", "重新登录", { href: "/login/?next=" + encodeURIComponent(location.pathname + location.search) })); }
    note.appendChild(text);
    return note;
  }

  /* one press of 提交 */
  function titleOf(form) {
    var kind = form.querySelector("input[name=type]:checked"), said = form.elements.title && form.elements.title.value.trim();
    return [form.getAttribute("data-unit"), kind && kind.getAttribute("data-word"), said].filter(Boolean).join("，");
  }
  function busy(form, on) {
    each(form.querySelectorAll("button[type=submit]"), function (button) {
      button.disabled = on;
      if (button.closest(".pbar")) { if (on) { button.setAttribute("data-said", button.textContent); button.textContent = "正在提交"; } else { button.textContent = button.getAttribute("data-said") || button.textContent; } }
    });
  }
  function submit(form) {
    if (form.hasAttribute("data-busy")) { return; }
    var errors = lacking(form);
    if (errors) { show(form, errors); return; }
    var page = location.pathname + location.search.replace(/[?&]restore=[^&]*/, "");
    var entry = { key: form.elements.key.value, action: form.getAttribute("action"), title: titleOf(form), at: Date.now(), page: page, fields: fieldsOf(form), state: "waiting" };
    form.setAttribute("data-busy", "");
    busy(form, true);
    post(entry).then(function (answer) {
      form.removeAttribute("data-busy");
      busy(form, false);
      if (answer.kind === "sent") { dropDraft(form); take(entry.key); location.assign(answer.url); return; }
      if (answer.kind === "refused") { saveDraft(form); show(form, answer.errors); return; }
      entry.state = answer.kind;
      if (!put(entry)) { show(form, { __all__: "没有连上，这台手机也存不下。请不要关掉这一页，连上网再提交。" }); return; }
      dropDraft(form);
      laidAside(form);
      draw();
      window.scrollTo(0, 0);
    });
  }
  function laidAside(form) {
    form.hidden = true;
    each(document.querySelectorAll("[data-draft-note]"), function (old) { old.remove(); });
    var box = make("div", "", { "class": "phone__b" }), again = make("button", "再记一次", { type: "button", "class": "btn btn--block" });
    again.addEventListener("click", function () { box.remove(); form.hidden = false; afresh(form); });
    box.appendChild(again);
    form.parentNode.insertBefore(box, form);
  }

  var pressed = null;
  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button") : null;
    pressed = button;
    if (!button) { return; }
    if (button.parentNode.hasAttribute("data-person")) { tap(button.parentNode); }
    if (button.hasAttribute("data-keep")) {
      var kept = saveDraft(button.form);
      button.textContent = kept ? "已存 " + moment(Date.now()).split(" ")[1] : "存不下";
    }
  });
  function whenTyped(event) {
    var form = event.target.form;
    if (!form || !form.hasAttribute || !form.hasAttribute("data-phone")) { return; }
    later(form);
    if (event.type !== "change") { return; }
    sums(form);
    if (event.target.closest("[data-person]")) { paint(event.target.closest("[data-person]")); count(form); }
    if (/^(type|held_on|hosts)$/.test(event.target.name)) { reload(form, event.target.name !== "type"); }
  }
  document.addEventListener("input", whenTyped);
  document.addEventListener("change", whenTyped);
  document.addEventListener("submit", function (event) {
    var form = event.target, by = event.submitter || pressed;
    if (/\/logout\/$/.test(form.getAttribute("action") || "")) { leave(event); return; }
    if (!form.hasAttribute("data-phone") || !window.fetch || (by && by.form === form && (by.hasAttribute("formaction") || by.name === "do"))) { return; }
    event.preventDefault();
    submit(form);
  }, true);

  /* signing out takes everything of this user from the device, after asking where something waits */
  function leave(event) {
    var count = outbox().length;
    if (navigator.onLine === false) { event.preventDefault(); event.stopImmediatePropagation(); window.alert("没有网络，现在退不出去。连上网再退。"); return; }
    if (count && !window.confirm("还有 " + count + " 条没有送出，退出就从这台设备上删掉了。仍要退出吗？")) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    try {
      Object.keys(localStorage).forEach(function (name) { if (name === OUTBOX || name === OURS + "here" || name.indexOf(OURS + "draft." + user + ".") === 0) { localStorage.removeItem(name); } });
    } catch (none) { /* nothing can be kept here, nothing is */ }
  }

  function begin() {
    if (!user) { return; }
    var wanted = (location.search.match(/[?&]restore=([^&]*)/) || [])[1];
    each(document.querySelectorAll("form[data-phone]"), function (form) {
      var type = form.querySelector("input[name=type]:checked");
      form.setAttribute("data-group", type ? type.getAttribute("data-group") || "" : "");
      pristine[form.getAttribute("data-draft")] = form.cloneNode(true);
      if (form.querySelector("#roster")) { atHand(form); }
      var entry = wanted && outbox().filter(function (one) { return one.key === wanted; })[0];
      if (entry) { restore(form, entry); show(form, entry.errors || {}); return; }
      if (document.querySelector(".error-summary")) { return; }
      form.elements.key.value = newKey();
      offerDraft(form);
    });
    flush();
    window.addEventListener("online", flush);
    setInterval(flush, EVERY);
  }
  begin();
})();
