// Half a form: nothing that a person has filled in is lost by accident, and nothing of it stays after it was sent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { answerAll, idOf, ready, submit } from './phone.mjs';
import { ELEMENTS, start } from './service.mjs';

let browser;
let service;
let survey;
before(async () => {
  service = await start();
  survey = `${service.url}/s/kab-kampar`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function phone(body, prepare) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    await page.goto(survey);
    await body(page, context);
  } finally {
    await context.close();
  }
}

const storedUnder = (id) => service.responses().filter((row) => row.id === id);
const tick = (page, element, score) => page.check(`input[name="${element}"][value="${score}"]`);
const kept = (page) => page.evaluate(() => sessionStorage.getItem('jawaban/s/kab-kampar'));

/** What a person has done who is interrupted. */
async function fillHalf(page) {
  await page.selectOption('#service', 'S9');
  await tick(page, 'persyaratan', 4);
  await tick(page, 'waktu', 1);
  await page.locator('details:has(#sex) > summary').click();
  await page.selectOption('#sex', 'P');
  await page.fill('#comment', 'Baru separuh\n"jalan" <b>');
  return idOf(page);
}

async function isHalf(page, id, when) {
  assert.equal(await idOf(page), id, `${when}: the same answer`);
  const checked = await page.locator('input[type="radio"]:checked').evaluateAll((radios) => radios.map((radio) => radio.name + radio.value));
  assert.deepEqual(checked, ['persyaratan4', 'waktu1'], when);
  const fields = [await page.inputValue('#service'), await page.inputValue('#sex'), await page.inputValue('#comment')];
  assert.deepEqual(fields, ['S9', 'P', 'Baru separuh\n"jalan" <b>'], when);
  assert.equal(await page.locator('.option.on').count(), 2, `${when}: it shows`);
}

async function isEmpty(page, when) {
  assert.equal(await page.locator('input[type="radio"]:checked').count(), 0, when);
  const fields = [await page.inputValue('#service'), await page.inputValue('#sex'), await page.inputValue('#comment')];
  assert.deepEqual(fields, ['', '', ''], when);
}

test('half a form survives a reload, a way out and back, and the other language', () => phone(async (page) => {
  const id = await fillHalf(page);
  await page.reload();
  await isHalf(page, id, 'reload');
  await page.goto(`${service.url}/hasil/kab-kampar`);
  await page.goBack();
  await isHalf(page, id, 'back');
  await page.goto(`${service.url}/`);
  await page.goto(survey);
  await isHalf(page, id, 'by the address');
  await page.locator('button[name="bahasa"]').click();
  await page.locator('html[lang="en"]').waitFor();
  await isHalf(page, id, 'in the other language');
  await page.goto(`${survey}?bahasa=en&loket=L3`);
  await isHalf(page, id, 'by another address of the same place');
  await ready(page);
  await page.reload();
  await isHalf(page, id, 'with the worker');

  for (const element of ELEMENTS.slice(1)) await tick(page, element, 2);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  const [row, ...more] = storedUnder(id);
  assert.equal(more.length, 0);
  assert.deepEqual([row.persyaratan, row.waktu, row.service, row.sex], ['4', '2', 'S9', 'P']);
}));

test('half a form survives the crash of its tab', () => phone(async (page) => {
  const id = await fillHalf(page);
  await ready(page);
  // The driver gives a crashed page up; the browser does not.
  const root = await browser.newBrowserCDPSession();
  const { targetInfos } = await root.send('Target.getTargets');
  const { targetId } = targetInfos.find((target) => target.type === 'page' && target.url === page.url());
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false });
  const inTab = (method, params = {}) => new Promise((resolve, reject) => {
    const number = Math.floor(Math.random() * 1e9);
    const hear = ({ sessionId: from, message }) => {
      const said = JSON.parse(message);
      if (from !== sessionId || said.id !== number) return;
      root.off('Target.receivedMessageFromTarget', hear);
      if (said.error) reject(new Error(said.error.message));
      else resolve(said.result);
    };
    root.on('Target.receivedMessageFromTarget', hear);
    root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: number, method, params }) }).catch(reject);
  });
  const crashed = page.waitForEvent('crash');
  inTab('Page.crash').catch(() => {});
  await crashed;
  await inTab('Page.reload');
  const look = `document.readyState === 'complete' && [document.querySelector('#survey [name=id]').value,
    document.querySelectorAll('.option.on').length, document.querySelector('#comment').value].join('|')`;
  let seen = false;
  for (let attempt = 0; attempt < 100 && !seen; attempt += 1) {
    const { result } = await inTab('Runtime.evaluate', { expression: look });
    seen = result.value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(seen, `${id}|2|Baru separuh\n"jalan" <b>`);
}));

test('after it was sent nothing of it is left', () => phone(async (page) => {
  await fillHalf(page);
  await answerAll(page, 3);
  assert.ok((await kept(page)).includes('separuh'));
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  assert.equal(await kept(page), null);
  await page.goto(survey);
  await isEmpty(page, 'by the address');
  await page.goBack();
  await page.goBack();
  await page.locator('#survey').waitFor();
  await isEmpty(page, 'back');
  assert.equal(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]).includes('separuh')), false);
}));

test('a form that is open for three days is sent as it is', () => phone(async (page) => {
  await page.clock.install();
  await page.reload();
  const id = await fillHalf(page);
  await page.clock.fastForward(3 * 24 * 3600 * 1000);
  await isHalf(page, id, 'three days later');
  await page.reload();
  await isHalf(page, id, 'and after a reload');
  for (const element of ELEMENTS) await tick(page, element, 3);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  const [row, ...more] = storedUnder(id);
  assert.equal(more.length, 0);
  assert.ok(Math.abs(Date.parse(row.filled_at) - Date.now()) < 60_000, 'by the clock of the server');
}));

/** Ways in which a browser refuses to keep anything. */
const STINGY = {
  'storage is blocked': () => {
    const blocked = { get() { throw new DOMException('blocked', 'SecurityError'); } };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, blocked);
  },
  'storage is full': () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  },
  'what is kept is garbage': () => {
    Storage.prototype.getItem = () => '{"id":';
  },
  'what is kept is of somebody else': () => {
    Storage.prototype.getItem = () => 'null';
  },
};
for (const [name, prepare] of Object.entries(STINGY)) {
  test(`${name}: the form works as ever`, () => phone(async (page) => {
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const id = await fillHalf(page);
    await page.locator('button[name="bahasa"]').click();
    await page.locator('html[lang="en"]').waitFor();
    await isHalf(page, id, 'in the other language');
    for (const element of ELEMENTS) await tick(page, element, 4);
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    assert.equal(storedUnder(id).length, 1);
    assert.deepEqual(errors, []);
  }, prepare));
}

test('two tabs are two forms', () => phone(async (page, context) => {
  const other = await context.newPage();
  await other.goto(survey);
  const id = await fillHalf(page);
  await tick(other, 'biaya', 2);
  const otherId = await idOf(other);
  assert.notEqual(id, otherId);
  await Promise.all([page.reload(), other.reload()]);
  await isHalf(page, id, 'beside another tab');
  assert.equal(await other.locator('input[type="radio"]:checked').count(), 1);
  await answerAll(other, 2);
  await submit(other);
  await other.waitForURL(/terima-kasih/);
  await page.reload();
  await isHalf(page, id, 'after the other tab was sent');
  assert.deepEqual([storedUnder(id).length, storedUnder(otherId).length], [0, 1]);
}));

test('a tab that was doubled is one answer', () => phone(async (page, context) => {
  const id = await fillHalf(page);
  // A tab that is opened from another begins with a copy of what it keeps.
  const [double] = await Promise.all([context.waitForEvent('page'), page.evaluate((address) => { open(address); }, survey)]);
  await double.waitForLoadState();
  await isHalf(double, id, 'the copy');
  for (const tab of [page, double]) {
    await answerAll(tab, 4);
    await submit(tab);
    await tab.waitForURL(/terima-kasih/);
  }
  assert.equal(storedUnder(id).length, 1);
}));

/** What may be broken in a browser, or by an extension; each in the middle of the script. */
const BROKEN = {
  'reading the page': () => { Document.prototype.querySelectorAll = () => { throw new Error('broken'); }; },
  'going through lists': () => { Array.prototype.forEach = () => { throw new Error('broken'); }; },
  'writing down': () => { JSON.stringify = () => { throw new Error('broken'); }; },
  'reading back': () => { JSON.parse = () => { throw new Error('broken'); }; },
  'chance': () => { crypto.getRandomValues = () => { throw new Error('broken'); }; },
  'making elements': () => { document.createElement = () => { throw new Error('broken'); }; },
  'the clock': () => { Date.prototype.toISOString = () => { throw new Error('broken'); }; },
  'every script': () => { addEventListener('DOMContentLoaded', () => { throw new Error('broken'); }); Object.defineProperty(Document.prototype, 'getElementById', { value: null }); },
};
for (const [name, prepare] of Object.entries(BROKEN)) {
  test(`broken: ${name}: the form is still sent`, () => phone(async (page) => {
    const id = await idOf(page);
    for (const element of ELEMENTS) await tick(page, element, 3);
    await page.fill('#comment', name);
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    assert.deepEqual(storedUnder(id).map((row) => row.comment), [name]);
  }, prepare));
}

test('a script that breaks between two answers loses neither', () => phone(async (page) => {
  const id = await fillHalf(page);
  await page.evaluate(() => {
    Document.prototype.querySelectorAll = () => { throw new Error('broken'); };
    JSON.stringify = () => { throw new Error('broken'); };
  });
  for (const element of ELEMENTS) await tick(page, element, 2);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  const [row] = storedUnder(id);
  assert.deepEqual(ELEMENTS.map((element) => row[element]), Array(9).fill('2'));
  assert.deepEqual([row.sex, row.comment], ['P', 'Baru separuh\n"jalan" <b>']);
}));
