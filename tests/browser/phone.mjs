// A person's phone: opening the survey, answering it, and looking at what the browser has kept.
import { setTimeout as pause } from 'node:timers/promises';
import { ELEMENTS } from './service.mjs';

/** Waits until `probe` returns something, and returns it. */
export async function until(what, probe, limit = 15_000) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not in ${limit} ms: ${what}`);
    await pause(50);
  }
}

/** Opens a survey and waits until everything is kept that it needs without a network. */
export async function open(page, address) {
  await page.goto(address);
  await ready(page);
}

export async function ready(page) {
  await until('the survey is kept', () => page.evaluate(async () => {
    if (!navigator.serviceWorker.controller) return false;
    const { pathname, search } = location;
    const mpp = pathname.split('/')[2];
    const needed = [pathname + search, `/s/${mpp}/tersimpan`, `/s/${mpp}/tersimpan?bahasa=en`];
    const found = await Promise.all(needed.map((address) => caches.match(address)));
    return found.every(Boolean);
  }));
}

export async function answerAll(page, score, comment) {
  await page.evaluate(({ elements, score, comment }) => {
    const { elements: fields } = document.querySelector('form[action^="/s/"]');
    for (const element of elements) fields[element].value = String(score);
    if (comment) fields.comment.value = comment;
  }, { elements: ELEMENTS, score, comment });
}

/** Presses the button of the form. */
export const submit = (page) => page.locator('.send button').first().click();

export const idOf = (page) => page.inputValue('form[action^="/s/"] input[name="id"]');

/** Answers and sends; returns the id. */
export async function send(page, score, comment) {
  await answerAll(page, score, comment);
  const id = await idOf(page);
  await submit(page);
  return id;
}

/** What is in the phone's database: the rows of a store. */
export function kept(page, store) {
  return page.evaluate((store) => new Promise((resolve, reject) => {
    const opening = indexedDB.open('suara', 1);
    // The worker has not made it yet; it must not find an empty one.
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => (opening.error.name === 'AbortError' ? resolve([]) : reject(opening.error));
    opening.onsuccess = () => {
      const rows = opening.result.transaction(store).objectStore(store).getAll();
      rows.onsuccess = () => {
        opening.result.close();
        resolve(rows.result);
      };
    };
  }), store);
}

/** The network is back, and the browser says so. */
export const cameOnline = (page) => page.evaluate(() => dispatchEvent(new Event('online')));

/** Has the worker send, whatever pause it has set itself. */
export const sendNow = (page) => page.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ kind: 'button' });
});

/** Waits until nothing waits on the phone. */
export async function sent(page, limit) {
  await until('the queue is empty', async () => {
    const queue = await kept(page, 'queue');
    return queue.every(({ state }) => state !== 'waiting');
  }, limit);
}

/** The worker's own world, to put things wrong in it. */
export async function workerOf(context) {
  const [worker] = context.serviceWorkers();
  return worker ?? context.waitForEvent('serviceworker');
}
