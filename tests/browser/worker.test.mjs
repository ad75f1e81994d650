// What goes wrong around the worker: new versions, wrong clocks, impatient people, broken scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { network, phone, service, storedUnder, survey } from './broken_network.mjs';
import { answerAll, cameOnline, idOf, kept, open, send, sent, submit, until, workerOf } from './phone.mjs';

const DAY = 24 * 3600 * 1000;

/** Sets the clock of page and worker wrong by so many ms. */
async function skew(page, context, by) {
  const wrong = (by) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length === 0 ? [Real.now() + by] : given));
      }

      static now() {
        return Real.now() + by;
      }
    };
  };
  await context.addInitScript(wrong, by);
  await page.evaluate(wrong, by);
  await (await workerOf(context)).evaluate(wrong, by);
}

test('a new version takes over, keeps the queue, and forgets what the old one kept', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  const id = await send(page, 3);
  await page.waitForURL(/tersimpan/);
  const newer = (text) => text.replace(/const VERSION = "[^"]*"/, 'const VERSION = "newer"');
  const update = ({ path }) => (path === '/s/sw.js' ? { rewrite: newer } : undefined);
  network.behave((request) => update(request) ?? (request.method === 'POST' ? { cut: true } : undefined));
  await page.evaluate(async () => {
    const taken = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
    });
    await (await navigator.serviceWorker.ready).update();
    await taken;
  });
  const ofAssets = () => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('suara-assets-')));
  await until('the old files are gone', async () => (await ofAssets()).join() === 'suara-assets-newer');
  assert.deepEqual((await kept(page, 'queue')).map((entry) => entry.id), [id]);
  network.behave(update);
  await cameOnline(page);
  await sent(page);
  assert.equal(storedUnder(id).length, 1);
  network.cut();
  await page.goto(survey);
  assert.equal(await page.locator('fieldset').count(), 9);
}));

for (const [name, by] of [['ten years ahead', 3650 * DAY], ['thirty years behind', -10950 * DAY]]) {
  test(`a clock ${name}: stored once, by the server's time, and flagged`, () => phone(async (page, context) => {
    const flagged = service.summary('kab-kampar')?.flagged.n ?? 0;
    await open(page, survey);
    await skew(page, context, by);
    network.cut();
    await page.reload();
    const id = await send(page, 3);
    await page.waitForURL(/tersimpan/);
    const [entry] = await kept(page, 'queue');
    assert.ok(Math.abs(Date.parse(entry.filled_at) - Date.now() - by) < 60_000, entry.filled_at);
    network.behave();
    await cameOnline(page);
    await sent(page);
    const [row, ...more] = storedUnder(id);
    assert.equal(more.length, 0);
    assert.ok(Math.abs(Date.parse(row.filled_at) - Date.now()) < 60_000, row.filled_at);
    assert.equal(service.summary('kab-kampar').flagged.n, flagged + 1);
  }));
}

test('the time taken does not depend on the phone\'s clock', () => phone(async (page, context) => {
  await open(page, survey);
  await skew(page, context, 5 * 3600 * 1000);
  await page.reload();
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  const [row] = storedUnder(id);
  assert.ok(row.duration_s !== '' && Number(row.duration_s) < 30, `took ${row.duration_s} s`);
}));

test('a form sent at once took no time, though the server\'s clock is known to the second only', () => phone(
  async (page, context) => {
    await open(page, survey);
    await answerAll(page, 4);
    const id = await idOf(page);
    const opened = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    await (await workerOf(context)).evaluate((opened) => keep('skew', opened - 1500 - Date.now()), opened);
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    assert.ok(Number(storedUnder(id)[0].duration_s || NaN) < 3);
  },
));

test('a form that was open for three days is sent, without saying how long', () => phone(async (page) => {
  await open(page, survey);
  await answerAll(page, 4);
  const time = (Date.now() - 3 * DAY).toString(16).padStart(12, '0');
  const id = `${time.slice(0, 8)}-${time.slice(8)}${(await idOf(page)).slice(13)}`;
  await page.evaluate((id) => { document.querySelector('input[name="id"]').value = id; }, id);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  const [row] = storedUnder(id);
  assert.equal(row.duration_s, '');
  assert.ok(Math.abs(Date.parse(row.filled_at) - Date.now()) < 60_000);
}));

test('an impatient finger is one response, with and without a network', () => phone(async (page) => {
  await open(page, survey);
  for (const cut of [false, true]) {
    await page.goto(survey);
    await answerAll(page, 3);
    const id = await idOf(page);
    if (cut) network.cut();
    await page.locator('.send button').dblclick({ noWaitAfter: true });
    await page.waitForURL(cut ? /tersimpan/ : /terima-kasih/);
    network.behave();
    if (cut) await cameOnline(page);
    await sent(page);
    assert.equal(storedUnder(id).length, 1);
  }
}));

test('two tabs with two people are two responses', () => phone(async (page, context) => {
  await open(page, survey);
  const other = await context.newPage();
  network.cut();
  await Promise.all([page.goto(survey), other.goto(survey)]);
  const ids = await Promise.all([send(page, 1), send(other, 4)]);
  await Promise.all([page.waitForURL(/tersimpan/), other.waitForURL(/tersimpan/)]);
  assert.equal((await kept(page, 'queue')).length, 2);
  network.behave();
  await Promise.all([cameOnline(page), cameOnline(other)]);
  await sent(page);
  assert.deepEqual(ids.map((id) => storedUnder(id).length), [1, 1]);
}));

test('a script that fails half-way leaves a form that works', () => phone(async (page, context) => {
  await context.addInitScript(() => {
    crypto.getRandomValues = () => { throw new Error('broken'); };
    navigator.serviceWorker.register = () => { throw new Error('broken'); };
  });
  await page.goto(survey);
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(id).length, 1);
}));

test('a phone that keeps nothing sends as ever', () => phone(async (page, context) => {
  await context.addInitScript(() => {
    const blocked = { get() { throw new DOMException('blocked', 'SecurityError'); } };
    for (const name of ['indexedDB', 'caches', 'localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, name, blocked);
    }
    Object.defineProperty(navigator.serviceWorker, 'register', {
      value: () => Promise.reject(new DOMException('blocked', 'SecurityError')),
    });
  });
  await page.goto(survey);
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(id).length, 1);
}));
