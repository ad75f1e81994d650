/* Sending: one answer at once, or what waits in the queue. The same answer may be sent as often as it takes; the server
   stores an id once and gives the same receipt every time. */

const RESPONSES = "/api/v1/responses";
/** How long the server may take, ms. */
const SEND_LIMIT = 10000;
/** Answers in one request; fewer if they are long, bytes. */
const BATCH = 50;
const BATCH_BYTES = 500000;
/** The first pause after a failure and the longest, ms. */
const FIRST_PAUSE = 30000;
const LONGEST_PAUSE = 30 * 60000;
/** Another sender is thought dead after so long, ms. */
const LEASE = 60000;
/** What the server says about an answer that it has dealt with. */
const ACCEPTED = ["recorded", "already_recorded", "late", "not_recorded"];
/** Refusals that another attempt does not change. */
const FINAL = [400, 409, 410, 413, 415, 422];

/** Posts JSON; the status and what was answered, or null if that is not our server's JSON: no network, no answer in
    time, a redirect, or the page of a captive portal. */
async function post(body) {
  const abort = typeof AbortController === "function" ? new AbortController() : null;
  const asking = async () => {
    const response = await fetch(RESPONSES, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      credentials: "omit",
      cache: "no-store",
      signal: abort ? abort.signal : undefined,
    });
    return { http: response.status, said: await response.json() };
  };
  try {
    return await within(SEND_LIMIT, asking());
  } catch (error) {
    if (abort) abort.abort();
    return null;
  }
}

/** What became of one answer: `{ status, receipt }`, `{ code }` if it is refused for good, or null to try again. */
function verdict(http, said) {
  if (!said || typeof said !== "object") return null;
  if ((http === 200 || http === 201) && ACCEPTED.includes(said.status)) {
    return { status: said.status, receipt: said.receipt };
  }
  return FINAL.includes(http) && typeof said.code === "string" ? { code: said.code } : null;
}

/** Sends one answer now. */
async function deliver(body) {
  // A phone that knows to have no network need not wait for that to show.
  if (self.navigator.onLine === false) return null;
  const reply = await post(JSON.stringify(body));
  return reply && verdict(reply.http, reply.said);
}

/** Why to send now: the later in this list, the more it may do. */
const TRIGGERS = ["timer", "open", "sync", "online", "button"];
let sending = null;
let asked = null;

/** Sends what waits, unless it is too early for that: `trigger` tells why now. One at a time; what is asked for meanwhile
    is done afterwards. */
function send(trigger) {
  if (!asked || TRIGGERS.indexOf(trigger) > TRIGGERS.indexOf(asked)) asked = trigger;
  if (!sending) sending = sendAsAsked();
  return sending;
}

async function sendAsAsked() {
  while (asked) {
    const trigger = asked;
    asked = null;
    await alone(() => drain(trigger)).catch(() => {});
  }
  // Together with the last look at what is asked for: nothing is missed in between.
  sending = null;
}

/** Does the work unless another worker does it: while a new version takes over, there are two. */
async function alone(work) {
  if (self.navigator.locks) {
    return self.navigator.locks.request("suara-send", { ifAvailable: true }, (lock) => (lock ? work() : null));
  }
  const now = Date.now();
  const until = (await recall("lease")) || 0;
  if (until > now && until <= now + LEASE) return null;
  await keep("lease", now + LEASE);
  await work();
  return keep("lease", 0);
}

async function drain(trigger) {
  try {
    await prune(Date.now());
    if ((await due(Date.now())).length === 0 || !(await maySend(trigger))) return;
    let most = BATCH;
    while (most > 0) most = await sendSome(most);
  } catch (error) {
    // Without storage there is no queue. Whatever else went wrong, the next trigger finds the queue as it is.
  } finally {
    await publish();
  }
}

/** Sends one batch; how many the next one may have, 0 to stop. */
async function sendSome(most) {
  const batch = fitting(await due(Date.now()), most);
  if (batch.length === 0) return 0;
  const list = batch.map((entry) => Object.assign({}, entry.body, { filled_at: entry.filled_at }));
  const reply = await post(JSON.stringify(list));
  const items = reply && reply.http === 207 && Array.isArray(reply.said) ? reply.said : [];
  const ours = items.length === batch.length && items.every((item, at) => !item.id || item.id === batch[at].id);
  if (ours) {
    const outcomes = batch.map((entry, at) => Object.assign({ entry }, verdict(items[at].http_status, items[at])));
    await settle(outcomes, Date.now());
    const left = outcomes.some((outcome) => !outcome.status && !outcome.code);
    await (left ? pause(true) : keep("pause", null));
    return left ? 0 : BATCH;
  }
  const refused = reply && verdict(reply.http, reply.said);
  if (refused && refused.code && batch.length > 1) return 1;
  await settle(batch.map((entry) => Object.assign({ entry }, refused)), Date.now());
  if (refused && refused.code) return BATCH;
  await pause(reply !== null && reply.http >= 500);
  return 0;
}

/** The first answers that go into one request. */
function fitting(entries, most) {
  let bytes = 0;
  const fits = (entry, at) => {
    // A character has at most three bytes per UTF-16 unit.
    bytes += 3 * JSON.stringify(entry.body).length;
    return at < most && (at === 0 || bytes <= BATCH_BYTES);
  };
  return entries.filter(fits);
}

/** Whether the pause after the last failure is over, or does not bind this trigger: a page that opens or a network that
    returns ends a pause for want of network, but only the person ends one that the busy server asked for. */
async function maySend(trigger) {
  const last = await recall("pause");
  const now = Date.now();
  // A pause that is longer than any was set by a clock that was wrong.
  if (!last || last.until <= now || last.until > now + LONGEST_PAUSE) return true;
  return trigger === "button" || (!last.busy && trigger !== "timer");
}

/** Waits longer after every failure, up to half an hour; phones that failed together do not come back together. */
async function pause(busy) {
  const last = await recall("pause");
  const step = Math.min(last ? last.step * 2 : FIRST_PAUSE, LONGEST_PAUSE);
  await keep("pause", { until: Date.now() + step * (0.5 + Math.random() / 2), step, busy });
}

/** What the pages show of the queue. Answers stay here. */
async function queueState() {
  const [queue, sent] = await Promise.all([everything("queue"), everything("sent")]);
  const shown = ({ id, mpp, state, code, saved_at }) => ({ id, mpp, state, code, saved_at });
  const waiting = queue.filter((entry) => entry.state === "waiting").length;
  const entries = queue.map(shown).concat(sent.map((row) => Object.assign({ state: "sent" }, row)));
  entries.sort((one, other) => other.saved_at - one.saved_at);
  return { kind: "queue", version: VERSION, waiting, refused: queue.length - waiting, entries };
}

/** Tells every open page. */
async function publish() {
  const state = await queueState().catch(() => null);
  if (!state) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  pages.forEach((page) => page.postMessage(state));
}

/** Asks the browser to wake us when there is a network; where it cannot, pages do. */
async function wakeLater() {
  try {
    await self.registration.sync.register("kirim");
  } catch (error) {
    // No Background Sync here, or not allowed.
  }
}
