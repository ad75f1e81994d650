// Answers that are sent when nobody looks, and by browsers that cannot tell who else is sending.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, network, phone, service, storedUnder, survey } from './broken_network.mjs';
import { cameOnline, kept, open, send, sendNow, sent, until, workerOf } from './phone.mjs';

const posts = () => network.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v1/responses').length;

/** An answer that waits on the phone, which has given up for now. */
async function leave(page) {
  network.cut();
  await page.goto(survey);
  const id = await send(page, 3, 'Menunggu');
  await page.waitForURL(/tersimpan/);
  await until('the first attempt is over', async () => (await kept(page, 'meta')).some((row) => row.key === 'pause' && row.value));
  await page.waitForTimeout(500);
  return id;
}

/** The browser itself, which finds that there is a network and wakes the worker. Works from a page beside the survey. */
async function browserOf(context) {
  const page = await context.newPage();
  await page.goto(`${service.url}/`);
  const session = await context.newCDPSession(page);
  const registrations = [];
  session.on('ServiceWorker.workerRegistrationUpdated', (event) => registrations.push(...event.registrations));
  await session.send('ServiceWorker.enable');
  return {
    async wake() {
      const scope = `${network.url}/s/`;
      const found = await until('the registration', () => registrations.findLast(({ scopeURL }) => scopeURL === scope));
      const { registrationId } = found;
      await session.send('ServiceWorker.dispatchSyncEvent', {
        origin: network.url, registrationId, tag: 'kirim', lastChance: false,
      });
    },
  };
}

test('the browser wakes the worker, which sends though no page is open', () => phone(async (page, context) => {
  await open(page, survey);
  const chromium = await browserOf(context);
  const id = await leave(page);
  await page.close();

  const before = posts();
  await chromium.wake();
  await until('an attempt', () => posts() > before);
  assert.equal(storedUnder(id).length, 0, 'still no network');
  network.behave();
  // A pause for want of network ends when the browser says that there is one.
  await until('it arrives', async () => {
    await chromium.wake();
    return storedUnder(id).length === 1;
  });
  const again = await context.newPage();
  await again.goto(`${survey}/tersimpan?id=${id}`);
  await again.getByText('jawaban Anda sudah terkirim').waitFor();
  assert.deepEqual(await kept(again, 'queue'), []);
}));

test('waking without anything to send asks nobody', () => phone(async (page, context) => {
  await open(page, survey);
  const chromium = await browserOf(context);
  const before = posts();
  await chromium.wake();
  await page.waitForTimeout(500);
  assert.equal(posts(), before);
}));

/** As in browsers before 2022. */
async function withoutLocks(context) {
  await (await workerOf(context)).evaluate(() => {
    Object.defineProperty(self.navigator, 'locks', { value: undefined });
  });
}

/** Another worker's claim to be the one that sends, until this time. The worker's own function writes it. */
const lease = (worker, until) => worker.evaluate((until) => keep('lease', until), until);

test('without locks many reasons to send at once are one request', () => phone(async (page, context) => {
  await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  await open(page, survey);
  const other = await context.newPage();
  await open(other, survey);
  await withoutLocks(context);
  const id = await leave(page);
  const before = posts();
  network.behave();
  const reasons = [page, other].flatMap((tab) => [cameOnline(tab), sendNow(tab), cameOnline(tab), sendNow(tab)]);
  await Promise.all(reasons);
  await sent(page);
  await page.waitForTimeout(500);
  assert.equal(posts(), before + 1);
  assert.equal(storedUnder(id).length, 1);
}));

test('without locks a sender leaves alone what another is sending, but not for ever', () => phone(async (page, context) => {
  await open(page, survey);
  await withoutLocks(context);
  const worker = await workerOf(context);
  // A lease that is over, and one that a clock has written that was wrong: that worker is dead.
  for (const end of [-1, 3600_000]) {
    const id = await leave(page);
    const before = posts();
    network.behave();
    await lease(worker, Date.now() + 30_000);
    await sendNow(page);
    await page.waitForTimeout(800);
    assert.equal(posts(), before, 'another worker is at it');
    await lease(worker, Date.now() + end);
    await sendNow(page);
    await sent(page);
    assert.equal(posts(), before + 1);
    assert.equal(storedUnder(id).length, 1);
  }
}));
