// The tablet at the counter: a start, an end by itself, and nothing left of the person before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, violations } from './chromium.mjs';
import { answerAll, cameOnline, idOf, kept, open, submit, until } from './phone.mjs';
import { proxyTo } from './proxy.mjs';
import { start } from './service.mjs';

let browser;
let service;
let network;
let kiosk;
before(async () => {
  service = await start();
  network = await proxyTo(service.url);
  kiosk = `${network.url}/s/kab-kampar/kiosk?loket=L3`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await network?.stop();
  await service?.stop();
});

/** A tablet; `clock` puts its clock into our hands. */
async function tablet(body, { clock = false, ...options } = {}) {
  network.behave();
  const context = await browser.newContext({ viewport: { width: 800, height: 1280 }, hasTouch: true, ...options });
  try {
    const page = await context.newPage();
    if (clock) await page.clock.install();
    await open(page, kiosk);
    await body(page, context);
  } finally {
    await context.close();
    network.behave();
  }
}

const storedUnder = (id) => service.responses().filter((row) => row.id === id);
const begin = (page) => page.locator('[data-begin]');
const isAtStart = (page) => begin(page).waitFor();

/** Touches the start screen when it takes touches. */
async function touchStart(page) {
  await isAtStart(page);
  await until('the survey is open', async () => {
    await begin(page).click({ timeout: 500 }).catch(() => {});
    return page.locator('fieldset').first().isVisible();
  });
}

/** Everything the page shows or holds. */
const traces = (page) => page.evaluate(() => {
  const fields = Array.from(document.querySelectorAll('input, textarea, select'));
  const filled = fields.map((field) => (field.type === 'radio' && !field.checked ? '' : field.value));
  const stores = [sessionStorage, localStorage].flatMap((store) => Object.entries(store).flat());
  return `${document.body.innerText} ${filled.join(' ')} ${stores.join(' ')}`;
});

test('starts with a touch, thanks, and returns by itself with another id', () => tablet(async (page) => {
  assert.ok(await page.locator('fieldset').first().isHidden());
  await page.clock.runFor(1000);
  await begin(page).click();
  assert.ok(await page.locator('fieldset').first().isVisible());
  await answerAll(page, 4, 'Orang pertama');
  const id = await idOf(page);
  await submit(page);
  await page.waitForURL(/terima-kasih\/[^?]+\?kiosk=L3/);
  await page.getByText('kembali sendiri').waitFor();
  await page.clock.runFor(7000);
  assert.match(page.url(), /terima-kasih/);
  await page.clock.runFor(1500);
  await page.waitForURL(kiosk);
  await isAtStart(page);
  assert.notEqual(await idOf(page), id);
  const [row] = storedUnder(id);
  assert.deepEqual([row.mode, row.counter, row.comment], ['kiosk', 'L3', 'Orang pertama']);
}, { clock: true }));

test('asks after twenty seconds, and forgets eight seconds later', () => tablet(async (page) => {
  await page.clock.runFor(1000);
  await begin(page).click();
  const id = await idOf(page);
  await answerAll(page, 2, 'Pergi begitu saja');
  await page.clock.runFor(19_000);
  assert.ok(await page.locator('#kiosk-idle').isHidden());
  await page.clock.runFor(2000);
  await page.getByText('Masih di sana?').waitFor();
  assert.match(await page.locator('[data-seconds]').innerText(), /^[678]$/);
  await page.getByRole('button', { name: 'masih mengisi' }).click();
  await page.clock.runFor(500);
  assert.ok(await page.locator('#kiosk-idle').isHidden());
  assert.equal(await page.inputValue('textarea[name="comment"]'), 'Pergi begitu saja');

  await page.clock.runFor(29_000);
  await isAtStart(page);
  assert.ok(!(await traces(page)).includes('Pergi begitu saja'));
  assert.equal(await page.locator('input[type="radio"]:checked').count(), 0);
  assert.notEqual(await idOf(page), id);
  assert.equal(storedUnder(id).length, 0);
}, { clock: true }));

test('the start screen does not take the touch that was meant for the page before', () => tablet(async (page) => {
  await page.clock.runFor(1000);
  await begin(page).click();
  await page.evaluate(() => {
    // A finger that is still on the screen when it changes.
    const start = document.querySelector('#kiosk-start');
    new MutationObserver(() => {
      document.body.dataset.touched = 'yes';
      start.querySelector('[data-begin]').click();
    }).observe(start, { attributes: true });
  });
  await page.clock.runFor(29_000);
  await isAtStart(page);
  assert.equal(await page.getAttribute('body', 'data-touched'), 'yes');
  assert.ok(await page.locator('fieldset').first().isHidden());
}, { clock: true }));

test('twenty people in a row leave nothing to each other, forwards, back and after a reload', () => tablet(async (page) => {
  const secrets = [];
  for (let number = 1; number <= 20; number += 1) {
    const secret = `Rahasia-${number}-`;
    await touchStart(page);
    await answerAll(page, (number % 4) + 1, secret);
    await page.evaluate(() => {
      document.querySelector('[name="sex"]').value = 'P';
      sessionStorage.setItem('draft', document.querySelector('[name="comment"]').value);
    });
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    secrets.push(secret, new URL(page.url()).pathname.split('/').at(-1));
    await page.getByRole('link', { name: 'Orang berikutnya' }).click();
    await page.waitForURL(kiosk);
    await isAtStart(page);
    const look = async (when) => {
      const found = await traces(page);
      assert.deepEqual(secrets.filter((secret) => found.includes(secret)), [], when);
      assert.equal(await page.locator('input[type="radio"]:checked').count(), 0, when);
      assert.equal(await page.inputValue('[name="sex"]'), '', when);
    };
    await look(`after person ${number}`);
    if (number % 5 === 0) {
      for (let back = 0; back < 3; back += 1) {
        await page.goBack();
        await isAtStart(page);
        await look(`back after person ${number}`);
      }
      await page.reload();
      await isAtStart(page);
      await look(`reload after person ${number}`);
    }
  }
  const ids = service.responses().filter((row) => row.comment.startsWith('Rahasia-')).map((row) => row.id);
  assert.equal(new Set(ids).size, 20);
}));

test('works without a network, returns by itself, and sends everything later', () => tablet(async (page) => {
  network.cut();
  const ids = [];
  for (let number = 0; number < 3; number += 1) {
    await page.clock.runFor(1000);
    await touchStart(page);
    await answerAll(page, 3, `Luring ${number}`);
    ids.push(await idOf(page));
    await submit(page);
    await page.waitForURL(/tersimpan\?id=.*kiosk=L3/);
    await page.getByText('Tablet ini mengirimnya').waitFor();
    assert.ok(!(await traces(page)).includes('Menunggu dikirim\n'), 'no list of other people');
    await until('the next person is offered', () => page.locator('a[data-next]').count());
    await page.clock.runFor(9000);
    await page.waitForURL(kiosk);
    await isAtStart(page);
  }
  assert.equal(new Set(ids).size, 3);
  network.behave();
  await cameOnline(page);
  await until('the queue is empty', async () => (await kept(page, 'queue')).length === 0);
  assert.deepEqual(ids.map((id) => storedUnder(id).length), [1, 1, 1]);
  assert.deepEqual(await kept(page, 'sent'), [], 'no receipts of others');
}, { clock: true }));

test('a child at the tablet is thanked, and the next one can begin', () => tablet(async (page) => {
  for (const isCut of [false, true]) {
    if (isCut) network.cut();
    await page.clock.runFor(1000);
    await touchStart(page);
    await answerAll(page, 3);
    await page.evaluate(() => { document.querySelector('[name="age_band"]').value = '0-16'; });
    const id = await idOf(page);
    await submit(page);
    await page.getByText('di bawah 17 tahun').waitFor();
    await until('the next person is offered', () => page.locator('a[data-next]').count());
    await page.clock.runFor(9000);
    await page.waitForURL(kiosk);
    await isAtStart(page);
    assert.equal(storedUnder(id).length, 0);
  }
}, { clock: true }));

test('large print grows everything and is remembered', () => tablet(async (page) => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.option')).fontSize));
  const before = await size();
  await page.locator('#kiosk-start [data-large]').click();
  assert.equal(await page.locator('#kiosk-start [data-large]').getAttribute('aria-pressed'), 'true');
  assert.ok(await size() >= before * 1.4, `${before} px, then ${await size()} px`);
  await page.reload();
  assert.ok(await size() >= before * 1.4, 'after a reload');
  await touchStart(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 800);
  await page.locator('.top [data-large]').click();
  assert.equal(await size(), before);
}));

test('the other language is for one person only', () => tablet(async (page) => {
  await page.clock.runFor(1000);
  await page.locator('#kiosk-start [data-language]').click();
  await page.locator('html[lang="en"]').waitFor();
  await page.locator('fieldset').first().waitFor();
  await page.clock.runFor(30_000);
  await page.waitForURL(kiosk);
  await isAtStart(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'id');
}, { clock: true }));

test('the button is pressed once, however often it is touched', () => tablet(async (page) => {
  await touchStart(page);
  await answerAll(page, 4);
  const id = await idOf(page);
  network.behave(({ method }) => (method === 'POST' ? { stall: true } : undefined));
  const isOff = await page.evaluate(() => new Promise((resolve) => {
    const button = document.querySelector('.send button');
    button.click();
    button.click();
    setTimeout(() => resolve(button.disabled), 50);
  }));
  assert.ok(isOff, 'the button is off at once');
  await page.waitForURL(/tersimpan/, { timeout: 20_000 });
  network.behave();
  await page.goto(kiosk);
  await cameOnline(page);
  await until('it is stored once', () => storedUnder(id).length === 1);
}));

test('tells the MPP that it is alive', () => tablet(async (page) => {
  const beats = () => network.seen.filter(({ path }) => path === '/s/kab-kampar/kiosk/detak').length;
  const before = beats();
  await page.clock.runFor(65_000);
  const after = await until('a beat', () => (beats() > before ? beats() : 0));
  await page.clock.runFor(30_000);
  assert.ok(beats() - after <= 1, 'once a minute');
}, { clock: true }));

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [{ width: 320, height: 568 }, { width: 800, height: 1280 }]) {
    test(`tablet and officer's page are accessible, ${colorScheme}, ${viewport.width} px`, () => tablet(async (page) => {
      const fits = async () => {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= viewport.width);
        assert.deepEqual(await violations(page), []);
      };
      await fits();
      await page.locator('#kiosk-start [data-large]').click();
      await fits();
      await touchStart(page);
      await fits();
      await page.evaluate(() => { document.querySelector('#kiosk-idle').hidden = false; });
      await fits();
      await page.goto(`${network.url}/s/kab-kampar/bantu?loket=L3`);
      await page.getByText('Untuk petugas').waitFor();
      await fits();
      await answerAll(page, 3);
      await submit(page);
      await page.getByRole('link', { name: 'Orang berikutnya' }).waitFor();
      await fits();
    }, { colorScheme, viewport }));
  }
}

test('an officer goes on from person to person', () => tablet(async (page) => {
  await page.goto(`${network.url}/s/kab-kampar/bantu?loket=L3`);
  for (const isCut of [false, true]) {
    await answerAll(page, 3);
    const id = await idOf(page);
    if (isCut) network.cut();
    await submit(page);
    await page.getByRole('link', { name: 'Orang berikutnya' }).click();
    await page.waitForURL(/\/bantu\?loket=L3/);
    network.behave();
    await cameOnline(page);
    const [row] = await until('it is stored', () => (storedUnder(id).length > 0 ? storedUnder(id) : null));
    assert.equal(row.mode, 'assisted');
  }
}));
