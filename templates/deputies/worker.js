/* A page that cannot be loaded without network becomes the page that takes one line down ({{ page }}). Kept are that
   page and what it is drawn with, nothing else: no answer of the product ever gets in here. */
"use strict";
const SHELL = "shell-{{ digest }}";
const PAGE = "{{ page }}";
const FILES = [{% for file in files %}"{{ file }}", {% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll([PAGE, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const kept = request.mode === "navigate" ? PAGE : FILES.find((file) => file === new URL(request.url).pathname);
  if (kept) event.respondWith(fetch(request).catch(() => caches.match(kept)));
});
