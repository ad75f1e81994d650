// Fifty phones, a thousand answers, a network that breaks at random: a thousand responses, each once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { cameOnline, kept, open, sendNow, until } from './phone.mjs';
import { PORTAL, proxyTo } from './proxy.mjs';
import { ELEMENTS, start } from './service.mjs';

const PHONES = 50;
const EACH = 20;
/** Phones that are busy at the same time. */
const AT_ONCE = 6;
const SEED = 20260301;

let browser;
let service;
let network;
let survey;
before(async () => {
  service = await start();
  network = await proxyTo(service.url);
  // Without services the page is small: this test is about answers.
  survey = `${network.url}/s/kab-siak`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await network?.stop();
  await service?.stop();
});

/** Numbers from 0 to 1, the same in every run. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A storm: a third of the answers get through, the others end in one of these ways. */
const HARM = [
  { cut: true }, { cutRequest: 60 }, { cutResponse: 0 }, { cutResponse: 0 }, { status: 200, html: PORTAL }, { status: 502 },
  { redirect: '/masuk' },
];
function storm(roll, counts) {
  return ({ method, path }) => {
    if (method !== 'POST') return roll() < 0.5 && path !== '/s/sw.js' ? { cut: true } : undefined;
    const harm = roll() < 0.35 ? undefined : HARM[Math.floor(roll() * HARM.length)];
    const name = harm ? Object.entries(harm)[0].slice(0, 2).join(' ').slice(0, 20) : 'passed';
    counts[name] = (counts[name] ?? 0) + 1;
    return harm;
  };
}

/** Fills in and presses, in one step: what the person does is tested elsewhere. Returns the id. */
const press = (page, score, id) => page.evaluate(({ elements, score, id }) => {
  const form = document.querySelector('form[action^="/s/"]');
  for (const element of elements) form.elements[element].value = score;
  if (id) form.elements.id.value = id;
  const used = form.elements.id.value;
  setTimeout(() => form.querySelector('.send button').click(), 0);
  return used;
}, { elements: ELEMENTS, score: String(score), id });

const answered = (page) => page.waitForURL(/tersimpan|terima-kasih/, { waitUntil: 'commit' });

/** One person after the other on one phone. Now and then the tab is killed, or the worker. */
async function use(phone, roll) {
  phone.page = await phone.context.newPage();
  for (let number = 0; number < EACH; number += 1) {
    await phone.page.goto(survey, { waitUntil: 'domcontentloaded' });
    const score = 1 + Math.floor(roll() * 4);
    const id = await press(phone.page, score);
    if (roll() < 0.1) {
      // The tab dies at the touch of the button; the person opens a new one and sends the same again.
      await phone.page.close();
      phone.page = await phone.context.newPage();
      await phone.page.goto(survey, { waitUntil: 'domcontentloaded' });
      await press(phone.page, score, id);
    }
    await answered(phone.page);
    phone.ids.push(id);
    if (roll() < 0.1) await killWorkers(phone);
  }
  phone.waiting = (await kept(phone.page, 'queue')).length;
  await phone.page.close();
}

async function killWorkers({ context, page }) {
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** Everything at once that can make a phone send. */
async function drain({ context }) {
  const [page, other] = [await context.newPage(), await context.newPage()];
  await Promise.all([page, other].map((tab) => tab.goto(survey, { waitUntil: 'domcontentloaded' })));
  await Promise.all([sendNow(page), sendNow(other), cameOnline(page), cameOnline(other)]);
  await until('the queue is empty', async () => {
    if ((await kept(page, 'queue')).length === 0) return true;
    await sendNow(other);
    return false;
  }, 30_000);
  await context.close();
}

/** Works through a list, a few at a time. */
async function each(list, work) {
  const left = [...list];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

test('fifty phones with a thousand answers on a broken network', { timeout: 240_000 }, async (t) => {
  const began = Date.now();
  const phones = [];
  await each(Array.from({ length: PHONES }).keys(), async (number) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await open(page, survey);
    // Fifty open pages would be a test of the machine's memory.
    await page.close();
    phones.push({ number, context, ids: [] });
  });
  const opened = Date.now();

  const counts = {};
  network.behave(storm(dice(SEED), counts));
  await each(phones, (phone) => use(phone, dice(SEED + phone.number)));
  const stormed = Date.now();
  const before = new Set(service.responses().map((row) => row.id));
  const waiting = phones.reduce((sum, phone) => sum + phone.waiting, 0);

  network.behave();
  await each(phones, drain);
  const ids = phones.flatMap((phone) => phone.ids);
  const rows = service.responses();
  const seconds = (from, to) => `${((to - from) / 1000).toFixed(0)} s`;
  t.diagnostic(`${PHONES} phones, ${ids.length} answers; what the network did: ${JSON.stringify(counts)}`);
  t.diagnostic(`when it calmed ${before.size} were stored and ${waiting} waited; in the end ${rows.length} rows, `
    + `${new Set(rows.map((row) => row.id)).size} ids`);
  t.diagnostic(`opening ${seconds(began, opened)}, storm ${seconds(opened, stormed)}, sending ${seconds(stormed, Date.now())}`);
  assert.equal(ids.length, PHONES * EACH);
  assert.equal(new Set(ids).size, ids.length, 'every answer has an id of its own');
  assert.equal(rows.length, ids.length);
  assert.deepEqual(rows.map((row) => row.id).sort(), [...ids].sort());
});
