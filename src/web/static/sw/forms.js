/* A form on its way: first into the queue, then to the server; whatever happens to either, the person is told the truth. */

const ELEMENTS = [
  "persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan",
];
const PROFILE = ["sex", "age_band", "education", "occupation", "disability"];
const PLAIN = ["service", "counter", "counter_code", "channel", "mode", "comment", "language", "token", "device_marker"];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Who says to be so young is thanked; nothing is kept, not even here. */
const UNDER_17 = "0-16";
/** Longer than a day a form is not filled in, s. */
const LONGEST = 24 * 3600;
/** By how much the server's clock, read from a header of whole seconds, may be wrong, s. */
const IMPRECISION = 2;

/** The posted fields as the API takes them, or null if the server's own page should say what is wrong. */
async function readForm(fields, mpp) {
  const body = { id: (fields.get("id") || "").trim().toLowerCase(), mpp, answers: {}, respondent: {} };
  const take = (names, target) => names.forEach((name) => {
    const value = fields.get(name);
    if (value && value.trim() !== "") target[name] = value;
  });
  take(PLAIN, body);
  take(ELEMENTS, body.answers);
  take(PROFILE, body.respondent);
  const known = ["id"].concat(PLAIN, ELEMENTS, PROFILE);
  if (!UUID.test(body.id) || known.some((name) => fields.getAll(name).length > 1)) return null;
  const seconds = await secondsSince(body.id, fields.has("tembolok"));
  if (seconds !== null) body.duration_s = seconds;
  return body;
}

/** How long the form was open: its id begins with the moment of opening, by the server's clock, or by the phone's if the
    page was a copy. Null if the id does not tell. */
async function secondsSince(id, wasCopy) {
  if (id[14] !== "7") return null;
  const skew = wasCopy ? 0 : (await recall("skew")) || 0;
  const seconds = Math.round((Date.now() + skew - parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) / 1000);
  return seconds >= -IMPRECISION && seconds <= LONGEST ? Math.max(seconds, 0) : null;
}

/** Answers a posted form. */
async function submitForm(event, url, mpp) {
  const text = await event.request.text();
  const fields = new URLSearchParams(text);
  if (fields.has("bahasa")) return switchLanguage(url, mpp, text, fields);
  const body = await readForm(fields, mpp);
  if (!body) return natively(url, mpp, text, fields);
  if (body.respondent.age_band === UNDER_17) return thankTheYoung(url, body, text);
  const now = Date.now();
  const entry = {
    id: body.id, mpp, state: "waiting", attempts: 0, saved_at: now, filled_at: timeOf(now), hold_until: now + HOLD, body,
  };
  const isKept = await succeeds(enqueue(entry));
  const outcome = await deliver(body);
  if (!outcome) return isKept ? later(event, entry) : unsent(mpp, fields);
  // If it cannot be taken out it is sent once more, which changes nothing.
  if (isKept) await succeeds(dequeue(entry.id));
  event.waitUntil(send("open"));
  return outcome.code || outcome.status === "not_recorded" ? natively(url, mpp, text, fields) : thank(body, outcome);
}

/** A time as RFC 3339; nothing for years that it cannot say. */
function timeOf(now) {
  const text = new Date(now).toISOString();
  return /^\d{4}-/.test(text) ? text : undefined;
}

const succeeds = (promise) => promise.then(() => true, () => false);

/** The answer waits: the page says so, and the queue is left to the sender. */
async function later(event, entry) {
  // Once more: a second press of the button may have sent and removed it, or not. To send it twice does no harm.
  await succeeds(enqueue(Object.assign({}, entry, { hold_until: 0, attempts: 1 })));
  event.waitUntil(wakeLater().then(publish));
  return redirect(`/s/${entry.mpp}/tersimpan`, Object.assign({ id: entry.id }, wayOn(entry.body)));
}

/** The same query the server would give its own redirect. */
function thank(body, outcome) {
  const late = outcome.status === "late" ? { terlambat: "1" } : {};
  return redirect(`/s/${body.mpp}/terima-kasih/${outcome.receipt}`, Object.assign(late, wayOn(body)));
}

/** What the next page has to know: the language, and where the next person begins. */
function wayOn(body) {
  const query = body.language && body.language !== LANGUAGES[0] ? { bahasa: body.language } : {};
  const place = { kiosk: "kiosk", assisted: "bantu" }[body.mode];
  if (place) query[place] = body.counter || "";
  if (place && body.counter_code) query.kode = body.counter_code;
  return query;
}

function redirect(path, query) {
  const text = new URLSearchParams(query).toString();
  return Response.redirect(self.location.origin + path + (text ? "?" + text : ""), 303);
}

/** Nothing of a child is recorded. At a kiosk the page has to come even without a network, and go by itself. */
async function thankTheYoung(url, body, text) {
  const told = () => redirect(`/s/${body.mpp}/tersimpan`, Object.assign({ muda: "1" }, wayOn(body)));
  if (body.mode === "kiosk") return told();
  try {
    return await sendNatively(url, text);
  } catch (error) {
    return told();
  }
}

/** Posts the form as the browser would have; the server's page answers. */
function sendNatively(url, text) {
  const asking = fetch(url.href, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: text,
    redirect: "manual",
    credentials: "omit",
  });
  return within(SEND_LIMIT, asking);
}

async function natively(url, mpp, text, fields) {
  try {
    return await sendNatively(url, text);
  } catch (error) {
    return unsent(mpp, fields);
  }
}

/** Neither sent nor kept: the page says so and has everything in a form to be sent again. */
function unsent(mpp, fields) {
  const kept = {};
  fields.forEach((value, name) => {
    if (/^[a-z0-9_]+$/i.test(name)) kept[name] = value;
  });
  return savedPage(mpp, knownLanguage(fields.get("language")), "full", kept, 503);
}

/** The form in the other language with everything that was filled in: the server's, or without a network the copy. */
async function switchLanguage(url, mpp, text, fields) {
  const reply = await sendNatively(url, text).catch(() => null);
  if (reply && reply.type === "basic" && reply.status === 200) return reply;
  const place = { kiosk: "/kiosk", assisted: "/bantu" }[fields.get("mode")] || "";
  const parameters = new URLSearchParams();
  parameters.set("bahasa", fields.get("bahasa"));
  parameters.set("loket", fields.get("counter") || "");
  parameters.set("kode", fields.get("counter_code") || "");
  parameters.set("sematan", fields.get("sematan") || "");
  const copy = await findCopy(`/s/${mpp}${place}`, parameters);
  if (!copy) return reply || unsent(mpp, fields);
  const html = await copy.response.text();
  return new Response(filledIn(html, fields), { headers: copy.response.headers });
}

/** A kept page with the fields of another. It is not fresh: it keeps the id. */
function filledIn(html, fields) {
  const missing = {};
  ["tembolok", "token", "counter", "counter_code"].forEach((name) => {
    if (!new RegExp(`name="?${name}["\\s>]`).test(html)) missing[name] = fields.get(name);
  });
  const form = (tag) => tag.replace(FRESH, "") + hidden(missing);
  let page = withId(html.replace(/<form\b[^>]* data-fresh[^>]*>/, form), fields.get("id"));
  ELEMENTS.forEach((name) => {
    const input = new RegExp(`name="?${name}"? value="?${Number(fields.get(name))}"?(?=[\\s>])`);
    page = page.replace(input, (found) => found + " checked");
  });
  PROFILE.concat("service").forEach((name) => {
    page = withOption(page, name, fields.get(name));
  });
  return page.replace(/<textarea\b[^>]*>\n?/, (tag) => tag + escaped(fields.get("comment") || ""));
}

/** The page with this option of a choice selected and no other; an unknown one selects none. */
function withOption(html, name, value) {
  const start = html.search(new RegExp(`<select\\b[^>]* name="?${name}["\\s>]`));
  if (start < 0) return html;
  const end = html.indexOf("</select>", start);
  const choice = html.slice(start, end).replace(/ selected(?=[\s>])/, "");
  const option = `<option value="${escaped(value || "")}"`;
  const at = choice.indexOf(option);
  const chosen = at < 0 ? choice : choice.slice(0, at) + option + " selected" + choice.slice(at + option.length);
  return html.slice(0, start) + chosen + html.slice(end);
}
