/* /record/ without network: an empty form and the files it needs are kept, nothing else. See shanghui/web/phone/offline.py. */
"use strict";
var OURS = "shanghui-record-", KEPT = OURS + "{{ version }}", PAGE = "{{ page }}", SHELL = "{{ shell }}";
var FILES = [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

function kept(address) { return caches.open(KEPT).then(function (cache) { return cache.match(address, { ignoreVary: true }); }); }

self.addEventListener("install", function (event) {
  var wanted = FILES.concat([SHELL]).map(function (one) { return new Request(one, { credentials: "omit", cache: "reload" }); });
  event.waitUntil(caches.open(KEPT).then(function (cache) { return cache.addAll(wanted); }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf(OURS) === 0 && name !== KEPT; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
self.addEventListener("fetch", function (event) {
  var asked = event.request, address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (asked.mode === "navigate") {
    if (address.pathname !== PAGE) { return; }
    event.respondWith(fetch(asked).catch(function () { return kept(SHELL).then(function (found) { return found || Response.error(); }); }));
    return;
  }
  if (FILES.indexOf(address.pathname) < 0) { return; }
  event.respondWith(kept(address.pathname).then(function (found) { return found || fetch(asked); }));
});
