// The survey without a network: it opens, it takes answers, and they arrive once when the network is back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { browser, network, phone, service, storedUnder, survey } from './broken_network.mjs';
import { violations } from './chromium.mjs';
import { answerAll, cameOnline, idOf, kept, open, send, sent, submit, until } from './phone.mjs';
import { ELEMENTS } from './service.mjs';

test('opens without a network after one visit, with a new id every time', () => phone(async (page) => {
  await open(page, survey);
  const ids = [await idOf(page)];
  network.cut();
  for (const way of ['reload', 'goto', 'reload']) {
    await (way === 'reload' ? page.reload() : page.goto(survey));
    assert.equal(await page.locator('fieldset').count(), 9);
    ids.push(await idOf(page));
  }
  assert.equal(new Set(ids).size, 4, ids.join(' '));
  assert.ok(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)));
  assert.equal(await page.locator('form[data-cached]').count(), 1, 'the page knows to be a copy');
}));

test('the first sight of the survey is one request; the rest comes later', () => phone(async (page) => {
  await open(page, survey);
  const early = await page.evaluate(() => {
    const { loadEventStart } = performance.getEntriesByType('navigation')[0];
    return performance.getEntriesByType('resource').filter((entry) => entry.startTime < loadEventStart).map(({ name }) => name);
  });
  assert.deepEqual(early, []);
}));

test('an answer without a network is kept, then sent once, and the receipt is shown', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  await page.reload();
  const id = await send(page, 3, 'Tanpa jaringan <b>&</b> "aman"');
  await page.waitForURL(/\/tersimpan\?id=/);
  assert.match(await page.locator('h1:visible').innerText(), /tersimpan di ponsel, akan dikirim/);
  await page.getByText('Menunggu dikirim').locator('visible=true').waitFor();
  assert.equal(storedUnder(id).length, 0);

  network.behave();
  await cameOnline(page);
  await page.getByText('jawaban Anda sudah terkirim').waitFor();
  const receipt = await page.locator('[data-view="sent"] .receipt').innerText();
  assert.match(receipt, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const [row, ...more] = storedUnder(id);
  assert.equal(more.length, 0);
  assert.deepEqual(ELEMENTS.map((element) => row[element]), Array(9).fill('3'));
  assert.deepEqual([row.comment, row.mode, row.language], ['Tanpa jaringan <b>&</b> "aman"', 'web', 'id']);
  assert.ok(Math.abs(Date.parse(row.filled_at) - Date.now()) < 60_000, 'the time of filling in');
  assert.deepEqual(await kept(page, 'queue'), []);
  // The server gives the same receipt to whoever sends the same again.
  await page.goto(`${network.url}/s/kab-kampar/terima-kasih/${receipt}`);
  await page.getByText(receipt).waitFor();
}));

test('with a network nothing is kept, and the answer is thanked as ever', () => phone(async (page) => {
  await open(page, `${survey}?bahasa=en&loket=L3`);
  const id = await send(page, 4);
  await page.waitForURL(/\/terima-kasih\/[^/]+\?bahasa=en$/);
  assert.deepEqual([await kept(page, 'queue'), await kept(page, 'sent')], [[], []]);
  const [row] = storedUnder(id);
  assert.deepEqual([row.counter, row.language], ['L3', 'en']);
  assert.ok(Number(row.duration_s) < 30, `took ${row.duration_s} s`);
}));

test('an answer survives the end of the browser', async () => {
  network.behave();
  const folder = mkdtempSync(join(tmpdir(), 'suara-phone-'));
  const begin = () => chromium.launchPersistentContext(folder, {
    executablePath: '/usr/bin/chromium', args: ['--no-sandbox'],
  });
  try {
    let context = await begin();
    let page = await context.newPage();
    await open(page, survey);
    network.cut();
    const id = await send(page, 2, 'Ponsel dimatikan');
    await page.waitForURL(/tersimpan/);
    await page.close();
    await context.close();

    network.behave();
    context = await begin();
    page = await context.newPage();
    await page.goto(survey);
    await until('it arrives', () => storedUnder(id).length === 1);
    await page.goto(`${survey}/tersimpan?id=${id}`);
    await page.getByText('jawaban Anda sudah terkirim').waitFor();
    await context.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the other language opens without a network and keeps the answers', () => phone(async (page) => {
  await open(page, `${survey}?loket=L3`);
  await until('the other language is kept', () => page.evaluate(() => caches.match('/s/kab-kampar?bahasa=en&loket=L3').then(Boolean)));
  network.cut();
  await page.reload();
  await answerAll(page, 2, 'Antrean\n<lama>');
  await page.selectOption('select[name="service"]', 'S2');
  const id = await idOf(page);
  await page.locator('button[name="bahasa"]').click();
  await page.locator('html[lang="en"]').waitFor();
  assert.equal(await idOf(page), id);
  assert.equal(await page.inputValue('textarea[name="comment"]'), 'Antrean\n<lama>');
  assert.equal(await page.inputValue('select[name="service"]'), 'S2');
  for (const element of ELEMENTS) assert.ok(await page.isChecked(`input[name="${element}"][value="2"]`), element);
  await submit(page);
  await page.waitForURL(/\/tersimpan\?id=.*bahasa=en/);
  network.behave();
  await cameOnline(page);
  await page.getByText('your answers have been sent').waitFor();
  const [row] = storedUnder(id);
  assert.deepEqual([row.language, row.counter, row.service], ['en', 'L3', 'S2']);
}));

test('a counter that was never visited counts as that counter, a token goes along', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  await page.goto(`${survey}?loket=L5&tiket=AAAAA-%22%3E%3Cb%3E`);
  assert.equal(await page.locator('form b b').count(), 0);
  const id = await send(page, 4);
  await page.waitForURL(/tersimpan/);
  const [{ body }] = await kept(page, 'queue');
  assert.deepEqual([body.counter, body.token], ['L5', 'AAAAA-"><b>']);
  network.behave();
  await cameOnline(page);
  await sent(page);
  assert.equal(storedUnder(id)[0].counter, 'L5');
}));

test('a copy never holds the token of a visit', () => phone(async (page) => {
  await page.goto(`${survey}?tiket=AAAAA-BBBBB-CCCCC-DDDDD`);
  await until('the survey is kept', () => page.evaluate(() => caches.match('/s/kab-kampar').then(Boolean)));
  const copies = await page.evaluate(async () => {
    const cache = await caches.open('suara-pages');
    const requests = await cache.keys();
    return Promise.all(requests.map(async (request) => request.url + (await (await cache.match(request)).text())));
  });
  assert.ok(copies.length > 0 && copies.every((copy) => !copy.includes('AAAAA')));
}));

test('an open survey says that answers wait, and leads to them', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  await send(page, 1);
  await page.waitForURL(/tersimpan/);
  await page.goto(survey);
  await page.getByText('Jawaban yang menunggu di ponsel ini: 1').waitFor();
  await page.getByRole('link', { name: 'Lihat' }).click();
  await page.waitForURL(/\/tersimpan$/);
  await page.getByText('Menunggu dikirim').locator('visible=true').waitFor();
  const month = new Date().toLocaleString('id', { month: 'short' });
  assert.ok((await page.locator('[data-list] li').first().innerText()).includes(` ${month} `), 'a date nobody reads otherwise');
  network.behave();
  await page.getByRole('button', { name: 'Kirim sekarang' }).click();
  await page.getByText('Terkirim', { exact: true }).locator('visible=true').waitFor();
}));

for (const colorScheme of ['light', 'dark']) {
  test(`the page about waiting answers is accessible and fits 320 px, ${colorScheme}`, () => phone(async (page) => {
    await open(page, survey);
    network.cut();
    await send(page, 1);
    await page.waitForURL(/tersimpan/);
    await page.getByText('Menunggu dikirim').locator('visible=true').waitFor();
    assert.deepEqual(await violations(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
    network.behave();
    await cameOnline(page);
    await page.getByText('jawaban Anda sudah terkirim').waitFor();
    assert.deepEqual(await violations(page), []);
  }, { colorScheme, viewport: { width: 320, height: 568 } }));
}

test('a child without a network is thanked, and nothing is kept', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  await answerAll(page, 4);
  await page.evaluate(() => { document.querySelector('[name="age_band"]').value = '0-16'; });
  await submit(page);
  await page.waitForURL(/muda=1/);
  assert.match(await page.locator('main').innerText(), /di bawah 17 tahun/);
  assert.deepEqual(await kept(page, 'queue'), []);
}));

test('a survey that was never opened shows the browser\'s own message, and later works', () => phone(async (page, context) => {
  await open(page, survey);
  network.cut();
  await assert.rejects(page.goto(`${network.url}/s/kab-siak`));
  network.behave();
  await open(await context.newPage(), `${network.url}/s/kab-siak`);
}));
