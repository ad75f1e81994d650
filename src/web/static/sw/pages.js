/* Pages without a network: each survey that was opened once opens again, under a new id. */

const PAGES = "suara-pages";
const ASSETS_OF_ALL = "suara-assets-";
const ASSETS_HERE = ASSETS_OF_ALL + VERSION;
/** The network has so long to bring a page that is there already, ms; a receipt is worth more patience. */
const PATIENCE = 3000;
const THANKS_PATIENCE = 8000;
/** Surveys kept at most, the latest ones; and how long a copy in the other language is good, ms. */
const MOST_PAGES = 24;
const FRESH_FOR = 24 * 3600 * 1000;
/** What makes a survey page another one. A visit token (tiket) is not among them: it is for one answer. */
const KEPT = ["bahasa", "instansi", "kode", "layanan", "loket", "sematan"];
/** Parameters a page can do without, if only another copy is there: first those of convenience. What the address says
    about the place is then put into the form. */
const DISPENSABLE = [[], ["layanan", "instansi"], ["layanan", "instansi", "loket", "kode"]];
/** The languages of the pages; an address without one means the first of them. */
const LANGUAGES = ["id"].concat(Object.keys(TEXTS).filter((language) => language !== "id"));
/** The mark of a survey that nobody has filled in yet. */
const FRESH = " data-fresh";

/** The address under which a page is kept. */
function addressOf(path, parameters, without) {
  const kept = new URLSearchParams();
  KEPT.filter((name) => !without.includes(name)).forEach((name) => {
    const value = parameters.get(name);
    if (value && !(name === "bahasa" && value === LANGUAGES[0])) kept.append(name, value);
  });
  const query = kept.toString();
  return query ? path + "?" + query : path;
}

/** The language an address asks for. */
const languageOf = (parameters) => knownLanguage(parameters.get("bahasa"));
const knownLanguage = (language) => (LANGUAGES.includes(language) ? language : LANGUAGES[0]);

/** The same page in its own language and then in the others. */
function inAllLanguages(parameters) {
  const own = languageOf(parameters);
  return [own].concat(LANGUAGES.filter((language) => language !== own)).map((language) => {
    const other = new URLSearchParams(parameters);
    other.set("bahasa", language);
    return other;
  });
}

/** Headers of a body that the browser has unpacked. */
function unpacked(headers) {
  const kept = new Headers(headers);
  ["content-encoding", "content-length", "vary"].forEach((name) => kept.delete(name));
  return kept;
}

/** Fetches a page and reads it. `ours` tells whether it is what was asked for: a captive portal answers 200 too. */
async function fetchPage(request, mark, options) {
  const response = await fetch(request, options);
  const at = Date.now();
  if (response.status !== 200 || response.type !== "basic") return { response, ours: false, at };
  const html = await response.text();
  const headers = unpacked(response.headers);
  return { response: new Response(html, { headers }), html, headers, ours: html.includes(mark), at };
}

/** Whether the server itself says no. */
const isRefusal = (page) => page.response.status === 404 || page.response.status === 410;

/** A survey: from the network if it comes in time, otherwise the copy. */
async function openSurvey(event, url) {
  const network = fetchPage(event.request, FRESH);
  event.waitUntil(network.then((page) => arrived(url, page)).catch(() => {}));
  const first = await within(PATIENCE, network).catch(() => null);
  if (first && (first.ours || isRefusal(first))) return first.response;
  const copy = await copyOf(url);
  if (copy) return copy;
  return (await network).response;
}

/** A page came from the network: a copy is kept, and what waits is sent. */
async function arrived(url, page) {
  if (!page.ours) return;
  const date = Date.parse(page.headers.get("date"));
  // The header has whole seconds; on average half of one has passed.
  if (date) await keep("skew", date + 500 - page.at);
  const address = addressOf(url.pathname, url.searchParams, []);
  if (url.searchParams.has("tiket")) await refresh(address);
  else await keepPage(address, page);
  await send("open");
}

async function keepPage(address, page) {
  const cache = await caches.open(PAGES);
  await cache.put(address, new Response(page.html, { headers: page.headers }));
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -MOST_PAGES).map((request) => cache.delete(request)));
}

/** Fetches the copy of a survey anew. Fails without network. */
async function refresh(address) {
  const page = await fetchPage(address, FRESH, { credentials: "omit", redirect: "error", cache: "no-store" });
  if (page.ours) return keepPage(address, page);
  if (!isRefusal(page)) throw new Error("the page did not come");
  return (await caches.open(PAGES)).delete(address);
}

/** The kept page for an address, ready to be filled in; null if there is none. */
async function copyOf(url) {
  const found = await findCopy(url.pathname, url.searchParams);
  if (!found) return null;
  const html = await found.response.text();
  const fields = { tembolok: "1", token: url.searchParams.get("tiket") };
  if (found.without.includes("loket")) {
    fields.counter = url.searchParams.get("loket");
    fields.counter_code = url.searchParams.get("kode");
  }
  return new Response(opened(html, fields), { headers: found.response.headers });
}

async function findCopy(path, parameters) {
  try {
    const cache = await caches.open(PAGES);
    for (const asked of inAllLanguages(parameters)) {
      for (const without of DISPENSABLE) {
        const response = await cache.match(addressOf(path, asked, without));
        if (response) return { response, without };
      }
    }
  } catch (error) {
    // Storage is blocked: no copies.
  }
  return null;
}

/** A kept page as if it had just been made: with an id of its own, by the phone's clock, and a mark that tells the page's
    script the same. */
function opened(html, fields) {
  const form = (tag) => tag.replace(FRESH, FRESH + " data-cached") + hidden(fields);
  return withId(html.replace(/<form\b[^>]* data-fresh[^>]*>/, form), newId());
}

const withId = (html, id) => html.replace(/(name="?id"? value="?)[0-9a-f-]{36}/, (_, start) => start + id);

/** Hidden fields of a form. What a person wrote is text, never markup. */
function hidden(fields) {
  const names = Object.keys(fields).filter((name) => fields[name]);
  return names.map((name) => `<input type="hidden" name="${name}" value="${escaped(fields[name])}">`).join("");
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A UUID of version 7 by the phone's clock. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
  const time = Date.now().toString(16).padStart(12, "0").slice(-12);
  const variant = ((bytes[9] & 3) + 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

/* The page about what waits on this phone. It is the same for all answers of an MPP; which of its parts shows is
   decided here, because it has to be right without script too. */

const savedAddress = (mpp, language) => addressOf(`/s/${mpp}/tersimpan`, new URLSearchParams({ bahasa: language }), []);
const SAVED = "data-view=";

/** The page with one of its parts, and further hidden fields in its form. */
async function savedPage(mpp, language, view, fields, status) {
  const found = await caches.match(savedAddress(mpp, language)).catch(() => undefined);
  const page = found || (await savedFromNetwork(mpp, language));
  if (!page) return plainPage(mpp, language, view, fields, status);
  const html = (await page.text())
    .replace(/ data-view="([a-z]+)"(?: hidden)?/g, (_, name) => ` data-view="${name}"${name === view ? "" : " hidden"}`)
    .replace("<!--fields-->", () => hidden(fields))
    // What is neither sent nor kept is only on this page: no way that leads away from it.
    .replace(" data-no-kiosk", (found) => found + (view === "full" ? " hidden" : ""));
  return new Response(html, { status, headers: page.headers });
}

async function savedFromNetwork(mpp, language) {
  try {
    const page = await within(PATIENCE, fetchPage(savedAddress(mpp, language), SAVED, { credentials: "omit" }));
    return page.ours ? page.response : null;
  } catch (error) {
    return null;
  }
}

/** The same in a few words, if not even the copy is there. */
function plainPage(mpp, language, view, fields, status) {
  const words = TEXTS[language];
  const [heading, text] = words[view] || words.saved;
  const again = `<form method="post" action="/s/${mpp}">${hidden(fields)}<button>${escaped(words.again)}</button></form>`;
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" \
content="width=device-width, initial-scale=1"><title>${escaped(heading)}</title><main><h1>${escaped(heading)}</h1>\
<p>${escaped(text)}</p>${view === "full" ? again : ""}</main></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  };
  return new Response(html, { status, headers });
}

/** The thank-you page. If it does not come, the answer has arrived all the same: the receipt is in the address. */
async function openThanks(event, url, mpp) {
  const receipt = url.pathname.split("/").pop();
  const page = await within(THANKS_PATIENCE, fetchPage(event.request, receipt)).catch(() => null);
  if (page && (page.ours || isRefusal(page))) {
    event.waitUntil(send("open"));
    return page.response;
  }
  return savedPage(mpp, languageOf(url.searchParams), "sent", {}, 200);
}

/** Keeps what an open survey needs without a network: itself, the page about waiting answers, and the other languages
    unless the person saves data. */
async function provide(url, mpp, isSaving) {
  const now = Date.now() + ((await recall("skew")) || 0);
  const languages = inAllLanguages(url.searchParams);
  for (const parameters of isSaving ? languages.slice(0, 1) : languages) {
    const address = addressOf(url.pathname, parameters, []);
    const copy = await (await caches.open(PAGES)).match(address);
    if (!copy || Math.abs(now - Date.parse(copy.headers.get("date"))) > FRESH_FOR) await refresh(address);
  }
  const assets = await caches.open(ASSETS_HERE);
  for (const address of LANGUAGES.map((language) => savedAddress(mpp, language))) {
    if (await assets.match(address)) continue;
    const page = await fetchPage(address, SAVED, { credentials: "omit", redirect: "error", cache: "no-store" });
    if (page.ours) await assets.put(address, page.response);
  }
}

/** Replaces what a former version has kept, and forgets it when everything is there anew. Fails without network, and is
    tried again when the next page opens. */
async function replaceFormer() {
  const names = (await caches.keys()).filter((name) => name.startsWith(ASSETS_OF_ALL) && name !== ASSETS_HERE);
  if (names.length === 0) return;
  const pages = await (await caches.open(PAGES)).keys();
  for (const request of pages) {
    const url = new URL(request.url);
    await refresh(url.pathname + url.search);
  }
  await Promise.all(names.map((name) => caches.delete(name)));
}
