/* What the browser tells the worker. */

/** Addresses the worker answers: the surveys of an MPP and what follows them. */
const PLACES = /^\/s\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/(kiosk|bantu|tersimpan|terima-kasih)(?:\/[^/]+)?)?$/;

self.addEventListener("install", (event) => {
  const keepAssets = async () => (await caches.open(ASSETS_HERE)).addAll(ASSETS);
  // A phone without room still gets a worker: what it cannot keep it fetches.
  event.waitUntil(keepAssets().catch(() => {}).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const answer = navigation(event, url);
    if (answer) event.respondWith(answer);
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(url.pathname).catch(() => null).then((kept) => kept || fetch(request)));
  }
});

/** The answer to a navigation, or nothing if the browser should go by itself. */
function navigation(event, url) {
  const place = PLACES.exec(url.pathname);
  if (!place) return null;
  const [, mpp, part] = place;
  if (event.request.method === "POST") return part ? null : submitForm(event, url, mpp);
  if (event.request.method !== "GET") return null;
  if (part === "terima-kasih") return openThanks(event, url, mpp);
  if (part !== "tersimpan") return openSurvey(event, url);
  const asked = url.searchParams;
  const view = asked.has("muda") ? "minor" : asked.has("kiosk") ? "kiosk" : asked.has("id") ? "saved" : "list";
  return savedPage(mpp, languageOf(url.searchParams), view, {}, 200);
}

self.addEventListener("sync", (event) => {
  const work = async () => {
    await send("sync");
    // A failure makes the browser come back later.
    if ((await queueState()).waiting > 0) throw new Error("answers are still waiting");
  };
  event.waitUntil(work());
});

self.addEventListener("message", (event) => {
  const { kind, address, id } = event.data || {};
  const work = async () => {
    if (kind === "forget") await succeeds(forget(id));
    else await send(kind);
    if (kind === "open") await inTurn(() => prepare(address));
  };
  event.waitUntil(work().catch(() => {}));
});

/** The person has read what was refused, or a receipt. What waits is not for them to delete by mistake. */
function forget(id) {
  const removal = stored(["queue", "sent"], "readwrite", (queue, sent) => {
    sent.delete(id);
    const found = queue.get(id);
    found.onsuccess = () => {
      if (found.result && found.result.state === "refused") queue.delete(id);
    };
  });
  return removal.then(publish);
}

/** Two pages that open together do not fetch the same twice. */
let preparing = Promise.resolve();
function inTurn(work) {
  preparing = preparing.catch(() => {}).then(work);
  return preparing;
}

/** A page opened: what it needs without a network is fetched if it is not there. */
async function prepare(address) {
  const url = new URL(address, self.location.origin);
  const place = PLACES.exec(url.pathname);
  const { connection } = self.navigator;
  const isSurvey = place && (!place[2] || place[2] === "kiosk" || place[2] === "bantu");
  if (isSurvey) await provide(url, place[1], Boolean(connection && connection.saveData));
  await replaceFormer();
}
