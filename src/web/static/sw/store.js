/* What the phone keeps until it has arrived: answers that wait ("queue"), receipts of those that were sent later ("sent"),
   and how sending goes ("meta"). Every piece of work opens the database and closes it again: a connection that is kept
   for days is lost at a moment nobody notices. */

const DATABASE = "suara";
const SCHEMA = 1;
/** A database that does not answer for so long, ms, counts as blocked. Some browsers never answer in private mode. */
const STORAGE_LIMIT = 3000;
/** How long a receipt is shown, ms. */
const KEEP_SENT = 30 * 24 * 3600 * 1000;
/** While the answer is on its way for the first time, the sender leaves it alone for so long, ms. */
const HOLD = 15000;

/** Brings a database of any former schema up to this one. Each step stays for ever: phones sleep for years. */
function upgrade(database, from) {
  if (from < 1) {
    database.createObjectStore("queue", { keyPath: "id" });
    database.createObjectStore("sent", { keyPath: "id" });
    database.createObjectStore("meta", { keyPath: "key" });
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, SCHEMA);
    opening.onupgradeneeded = (event) => upgrade(opening.result, event.oldVersion);
    opening.onblocked = () => reject(new Error("the database is held by another version"));
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

/** One transaction; what `work` asks for is the result. Done when it is on the disk, not before. */
async function transaction(names, mode, work) {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const running = database.transaction(names, mode, { durability: "strict" });
      running.onabort = () => reject(running.error || new Error("the transaction was given up"));
      const asked = work(...names.map((name) => running.objectStore(name)));
      running.oncomplete = () => resolve(asked && asked.result);
    });
  } finally {
    database.close();
  }
}

/** The promise, or a failure after `limit` ms. */
function within(limit, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), limit);
    const end = (settle) => (value) => {
      clearTimeout(timer);
      settle(value);
    };
    promise.then(end(resolve), end(reject));
  });
}

const stored = (names, mode, work) => within(STORAGE_LIMIT, transaction(names, mode, work));
const everything = (name) => stored([name], "readonly", (store) => store.getAll());
const putInto = (name, value) => stored([name], "readwrite", (store) => store.put(value));

/** Puts an answer into the queue, or over what is there under its id. */
const enqueue = (entry) => putInto("queue", entry);
const dequeue = (id) => stored(["queue"], "readwrite", (queue) => queue.delete(id));

/** A small fact by its key; undefined if there is none, or no storage. */
async function recall(key) {
  try {
    const row = await stored(["meta"], "readonly", (meta) => meta.get(key));
    return row && row.value;
  } catch (error) {
    return undefined;
  }
}

/** Keeps a small fact; without storage it is forgotten, which does no harm. */
async function keep(key, value) {
  try {
    await putInto("meta", { key, value });
  } catch (error) {
    // See above.
  }
}

/** The waiting answers whose turn it is, oldest first. A hold in the far future is one from a clock that was wrong. */
async function due(now) {
  const isDue = (entry) => entry.state === "waiting" && (entry.hold_until <= now || entry.hold_until > now + HOLD);
  return (await everything("queue")).filter(isDue).sort((one, other) => one.saved_at - other.saved_at);
}

/** Writes down what became of sent answers: `{ entry, status, receipt }` accepted, `{ entry, code }` refused, and
    `{ entry }` alone to be tried again. An answer that has left the queue meanwhile does not come back. */
function settle(outcomes, now) {
  return stored(["queue", "sent"], "readwrite", (queue, sent) => {
    for (const { entry, status, receipt, code } of outcomes) {
      if (status) {
        queue.delete(entry.id);
        if (status !== "not_recorded") remember(sent, entry, status, receipt, now);
      } else {
        const waiting = queue.get(entry.id);
        waiting.onsuccess = () => {
          if (!waiting.result) return;
          const attempts = (waiting.result.attempts || 0) + 1;
          queue.put(Object.assign(waiting.result, { attempts }, code ? { state: "refused", code } : {}));
        };
      }
    }
  });
}

/** A receipt lets whoever sees it withdraw the answer: a tablet that many people use keeps none. */
function remember(sent, entry, status, receipt, now) {
  const { mode } = entry.body;
  if (mode === "kiosk") return;
  const shown = mode === "assisted" ? null : receipt;
  sent.put({ id: entry.id, mpp: entry.mpp, receipt: shown, status, saved_at: entry.saved_at, sent_at: now });
}

/** Forgets receipts that are too old. */
async function prune(now) {
  const old = (await everything("sent")).filter((row) => now - row.sent_at > KEEP_SENT);
  if (old.length === 0) return;
  await stored(["sent"], "readwrite", (sent) => {
    old.forEach((row) => sent.delete(row.id));
  });
}
