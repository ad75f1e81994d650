// The citizen's way through the survey, without JavaScript unless a test says otherwise.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { ELEMENTS, start } from './service.mjs';

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

/** Opens the survey in a fresh browser context and hands the page to `body`. */
async function visit({ query = '', javaScriptEnabled = false, width = 390 }, body) {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(`${service.url}/s/kab-kampar${query}`);
    await body(page);
  } finally {
    await context.close();
  }
}

const answer = (page, element, score) => page.check(`input[name="${element}"][value="${score}"]`);
const submit = (page) => page.locator('.send button').click();
const receipt = (page) => new URL(page.url()).pathname.split('/').at(-1);

async function answerAll(page, score) {
  for (const element of ELEMENTS) await answer(page, element, score);
}

for (const [language, thanks] of [['id', 'Terima kasih'], ['en', 'Thank you']]) {
  test(`a whole survey in ${language}, every field filled in`, async () => {
    const before = service.responses().length;
    await visit({ query: `?bahasa=${language}&loket=L3` }, async (page) => {
      assert.equal(await page.locator('html').getAttribute('lang'), language);
      await page.selectOption('select[name="service"]', 'S2');
      for (const [index, element] of ELEMENTS.entries()) await answer(page, element, (index % 4) + 1);
      await page.locator('details:has(select[name="sex"]) > summary').click();
      await page.selectOption('select[name="sex"]', 'P');
      await page.selectOption('select[name="age_band"]', '35-44');
      await page.fill('textarea[name="comment"]', 'Antrean lama <script>alert(1)</script>\nTerima kasih.');
      await submit(page);
      assert.match(page.url(), /\/s\/kab-kampar\/terima-kasih\/[^/?]+/);
      assert.ok((await page.locator('h1').innerText()).includes(thanks));
      assert.ok((await page.locator('main').innerText()).includes(receipt(page)), 'the receipt is on the page');
    });
    const rows = service.responses();
    assert.equal(rows.length, before + 1);
    const row = rows.find((row) => row.language === language && row.comment !== '');
    assert.deepEqual(ELEMENTS.map((element) => row[element]), ['1', '2', '3', '4', '1', '2', '3', '4', '1']);
    assert.deepEqual(
      [row.service, row.mode, row.counter, row.sex, row.age_band, row.education],
      ['S2', 'web', 'L3', 'P', '35-44', ''],
    );
    assert.equal(row.comment, 'Antrean lama <script>alert(1)</script>\nTerima kasih.');
  });
}

test('what is missing is named, what was filled in is kept', async () => {
  await visit({}, async (page) => {
    // Old browsers do not check forms, and the server must not rely on it.
    await page.locator('form').first().evaluate((form) => { form.noValidate = true; });
    await page.selectOption('select[name="service"]', 'S7');
    await answer(page, 'persyaratan', 4);
    await answer(page, 'waktu', 2);
    await page.fill('textarea[name="comment"]', 'Petugas "ramah" & cepat');
    const id = await page.inputValue('input[name="id"]');
    const [response] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), submit(page)]);
    assert.equal(response.status(), 422);

    const links = page.locator('[role="alert"] a');
    assert.equal(await links.count(), 7);
    for (const link of await links.all()) {
      const target = page.locator(await link.getAttribute('href'));
      assert.equal(await target.count(), 1, 'the error leads to its field');
    }
    assert.equal(await page.inputValue('input[name="id"]'), id);
    assert.equal(await page.inputValue('select[name="service"]'), 'S7');
    assert.ok(await page.isChecked('input[name="persyaratan"][value="4"]'));
    assert.ok(await page.isChecked('input[name="waktu"][value="2"]'));
    assert.equal(await page.inputValue('textarea[name="comment"]'), 'Petugas "ramah" & cepat');

    await answerAll(page, 3);
    await submit(page);
    assert.match(page.url(), /terima-kasih/);
  });
});

test('switching the language keeps the answers and stores nothing', async () => {
  const before = service.responses().length;
  await visit({ query: '?bahasa=id' }, async (page) => {
    await answer(page, 'prosedur', 1);
    await page.fill('textarea[name="comment"]', 'Ruang tunggu penuh');
    const id = await page.inputValue('input[name="id"]');
    await page.locator('button[name="bahasa"]').click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.ok(await page.isChecked('input[name="prosedur"][value="1"]'));
    assert.equal(await page.inputValue('textarea[name="comment"]'), 'Ruang tunggu penuh');
    assert.equal(await page.inputValue('input[name="id"]'), id);
    await page.locator('button[name="bahasa"]').click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'id');
    assert.ok(await page.isChecked('input[name="prosedur"][value="1"]'));
  });
  assert.equal(service.responses().length, before);
});

test('another answer under the same identity is no overwriting: it is offered as another person\'s', async () => {
  const before = service.responses().length;
  await visit({}, async (page) => {
    const form = { id: await page.inputValue('input[name="id"]') };
    for (const element of ELEMENTS) form[element] = '4';
    await page.request.post(`${service.url}/s/kab-kampar`, { form });
    await answerAll(page, 1);
    await page.fill('textarea[name="comment"]', 'Saya orang lain');
    const [response] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), submit(page)]);
    assert.equal(response.status(), 409);
    assert.equal(service.responses().length, before + 1, 'the first answer stays');
    await submit(page);
    assert.match(page.url(), /terima-kasih/);
  });
  const rows = service.responses();
  assert.equal(rows.length, before + 2);
  assert.ok(rows.some((row) => row.comment === 'Saya orang lain' && ELEMENTS.every((element) => row[element] === '1')));
});

test('the same form posted eight times at once is one response with one receipt', async () => {
  const before = service.responses().length;
  await visit({}, async (page) => {
    const form = { id: await page.inputValue('input[name="id"]') };
    for (const element of ELEMENTS) form[element] = '4';
    const post = () => page.request.post(`${service.url}/s/kab-kampar`, { form, maxRedirects: 0 });
    const replies = await Promise.all(Array.from({ length: 8 }, post));
    assert.deepEqual([...new Set(replies.map((reply) => reply.status()))], [303]);
    assert.equal(new Set(replies.map((reply) => reply.headers().location)).size, 1);
  });
  assert.equal(service.responses().length, before + 1);
});

test('an impatient double click with script on is one response', async () => {
  const before = service.responses().length;
  await visit({ javaScriptEnabled: true }, async (page) => {
    await answerAll(page, 3);
    await page.locator('.send button').dblclick({ noWaitAfter: true });
    await page.waitForURL(/terima-kasih/);
  });
  assert.equal(service.responses().length, before + 1);
});

test('the next person on the same phone gets a form of their own', async () => {
  const before = service.responses().length;
  await visit({ javaScriptEnabled: true }, async (page) => {
    await answerAll(page, 4);
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    const first = receipt(page);
    await page.goto(`${service.url}/s/kab-kampar`);
    await answerAll(page, 1);
    await submit(page);
    await page.waitForURL(/terima-kasih/);
    assert.notEqual(receipt(page), first);
  });
  assert.equal(service.responses().length, before + 2);
});

test('the survey can be answered with the keyboard alone', async () => {
  const before = service.responses().length;
  await visit({}, async (page) => {
    for (const element of ELEMENTS) {
      await page.locator(`input[name="${element}"]`).first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      assert.ok(await page.isChecked(`input[name="${element}"][value="2"]`), element);
    }
    await page.locator('.send button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/terima-kasih/);
  });
  assert.equal(service.responses().length, before + 1);
});

test('a withdrawn response is gone', async () => {
  const before = service.responses().length;
  await visit({}, async (page) => {
    await answerAll(page, 1);
    await submit(page);
    assert.equal(service.responses().length, before + 1);
    await page.locator(`details:has(form[action$="/tarik"]) summary`).click();
    await page.locator('form[action$="/tarik"] button').click();
    assert.match(await page.locator('h1').innerText(), /ditarik/);
  });
  assert.equal(service.responses().length, before);
});
