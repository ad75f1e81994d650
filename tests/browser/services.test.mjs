// One service among 265: found by a few letters, with the finger or the keyboard, and kept.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { answerAll, idOf, submit } from './phone.mjs';
import { start } from './service.mjs';

let browser;
let service;
before(async () => {
  service = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

async function visit(body, { query = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  try {
    const page = await context.newPage();
    await page.goto(`${service.url}/s/kab-kampar${query}`);
    await body(page);
  } finally {
    await context.close();
  }
}

const found = (page) => page.locator('.found button').allInnerTexts();
const chosen = (page) => page.inputValue('select[name="service"]');
const codeOf = (row) => row.replace('Layanan Nomor ', 'S');
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);

test('a few letters leave a few services', () => visit(async (page) => {
  const search = page.getByLabel('Cari layanan');
  await search.pressSequentially('nomor 5');
  const rows = await found(page);
  assert.equal(rows.length, 8, 'never more than fit on a screen');
  assert.ok(rows.every((row) => /^Layanan Nomor \d*5/.test(row)), rows.join());
  await search.pressSequentially('7');
  assert.deepEqual((await found(page)).sort(), ['Layanan Nomor 157', 'Layanan Nomor 257', 'Layanan Nomor 57']);
  await search.fill('LAYANAN NOMOR 264');
  assert.deepEqual(await found(page), ['Layanan Nomor 264']);
  // The 17th agency has the services 16, 33, 50 and so on.
  await search.fill('instansi 17 33');
  assert.deepEqual(await found(page), ['Layanan Nomor 33'], 'words of the agency count, in any order');
  await search.fill('   ');
  assert.deepEqual(await found(page), []);
}));

test('a touch chooses', () => visit(async (page) => {
  await page.getByLabel('Cari layanan').fill('nomor 264');
  await page.getByRole('button', { name: 'Layanan Nomor 264' }).click();
  assert.equal(await chosen(page), 'S264');
  assert.deepEqual([await found(page), await page.inputValue('#find')], [[], '']);
  assert.equal(await focused(page), 'service', 'where the choice can be heard and changed');
  const id = await idOf(page);
  await answerAll(page, 4);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  assert.equal(service.responses().find((row) => row.id === id).service, 'S264');
}));

test('arrows, Enter and Escape do the same', () => visit(async (page) => {
  await page.locator('#find').focus();
  await page.keyboard.type('nomor 57');
  const rows = await found(page);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), rows[0]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), rows[1]);
  await page.keyboard.press('Enter');
  assert.deepEqual([await chosen(page), await focused(page)], [codeOf(rows[1]), 'service']);

  await page.locator('#find').focus();
  await page.keyboard.type('nomor 7');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'find', 'up from the first leads back');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.deepEqual([await found(page), await page.inputValue('#find'), await focused(page)], [[], '', 'find']);
  assert.equal(await chosen(page), codeOf(rows[1]), 'giving up changes nothing');

  await page.keyboard.type('nomor 57');
  await page.keyboard.press('Enter');
  assert.equal(await chosen(page), codeOf(rows[0]), 'Enter takes the first');
}));

test('Enter in the search never sends the form', () => visit(async (page) => {
  const posts = [];
  page.on('request', (request) => posts.push(request.method()));
  await answerAll(page, 4);
  for (const text of ['', 'tidak ada yang begini']) {
    await page.locator('#find').fill(text);
    await page.keyboard.press('Enter');
  }
  await page.waitForTimeout(300);
  assert.ok(!posts.includes('POST'));
  assert.match(page.url(), /\/s\/kab-kampar$/);
}));

test('nothing found is said, also to those who listen', () => visit(async (page) => {
  await page.locator('#find').fill('paspor haji');
  assert.equal(await page.locator('.found').innerText(), 'Tidak ada layanan dengan kata itu.');
  assert.equal(await page.getAttribute('.found', 'aria-live'), 'polite');
  assert.deepEqual(await found(page), []);
  await page.locator('#find').fill('<img src=x onerror=alert(1)>');
  assert.equal(await page.locator('.found img').count(), 0);
}));

test('what the counter offers is found once', () => visit(async (page) => {
  assert.equal(await page.locator('#service option[value="S121"]').count(), 2, 'at the counter and at its agency');
  await page.locator('#find').fill('nomor 121');
  assert.deepEqual(await found(page), ['Layanan Nomor 121']);
}, { query: '?loket=L3' }));

test('without script there is a list by agency', () => visit(async (page) => {
  assert.equal(await page.locator('#find').count(), 0);
  assert.equal(await page.locator('#service optgroup').count(), 17);
  assert.equal(await page.locator('#service optgroup option').count(), 265);
  await page.selectOption('#service', { label: 'Layanan Nomor 123' });
  assert.equal(await chosen(page), 'S123');
}, { javaScriptEnabled: false }));

test('a choice survives the other language and a form that is not complete', () => visit(async (page) => {
  await page.locator('#find').fill('nomor 200');
  await page.keyboard.press('Enter');
  await page.locator('button[name="bahasa"]').click();
  await page.locator('html[lang="en"]').waitFor();
  assert.equal(await chosen(page), 'S200');
  // As from a browser that runs no script: the server says what is missing.
  await page.locator('#survey').evaluate((form) => form.submit());
  await page.locator('[role="alert"]').waitFor();
  assert.equal(await chosen(page), 'S200');
  await page.getByLabel('Find a service').fill('nomor 201');
  await page.keyboard.press('Enter');
  assert.equal(await chosen(page), 'S201', 'the search works there too');
}));
