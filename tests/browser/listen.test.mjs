// Questions read aloud, for whoever does not read: by the phone itself, which tells nobody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { ready } from './phone.mjs';
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

/** Takes the place of the browser's voice, which is silent here: writes down what it is asked to say, and goes on until it
    is told to stop. */
function voice() {
  const said = [];
  const synthesis = {
    speaking: false,
    speak({ text, lang }) {
      said.push({ text, lang });
      this.speaking = true;
    },
    cancel() {
      this.speaking = false;
    },
  };
  Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  globalThis.said = said;
}

const mute = () => Object.defineProperty(globalThis, 'speechSynthesis', { value: undefined });

async function visit(query, prepare, body) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  try {
    await context.addInitScript(prepare);
    const page = await context.newPage();
    await page.goto(`${service.url}/s/kab-kampar${query}`);
    await body(page);
  } finally {
    await context.close();
  }
}

const said = (page) => page.evaluate(() => globalThis.said);
const speaks = (page) => page.evaluate(() => speechSynthesis.speaking);

for (const [language, tag, label] of [['id', 'id-ID', 'Dengarkan'], ['en', 'en', 'Listen']]) {
  test(`reads each question with its four answers, ${language}`, () => visit(`?bahasa=${language}`, voice, async (page) => {
    const buttons = page.getByRole('button', { name: label });
    assert.equal(await buttons.count(), 9);
    for (const [index, question] of (await page.locator('fieldset').all()).entries()) {
      await buttons.nth(index).click();
      const { text, lang } = (await said(page)).at(-1);
      assert.equal(lang, tag);
      const shown = [await question.locator('.asked').innerText(), ...await question.locator('.option').allInnerTexts()];
      assert.equal(shown.length, 5);
      assert.equal(text, shown.join('. '));
    }
    assert.equal((await said(page)).length, 9, 'one touch for one question, also while another is being read');
  }));
}

test('a second touch ends it, a third begins anew', () => visit('', voice, async (page) => {
  const button = page.getByRole('button', { name: 'Dengarkan' }).first();
  await button.click();
  assert.deepEqual([await speaks(page), (await said(page)).length], [true, 1]);
  await button.click();
  assert.deepEqual([await speaks(page), (await said(page)).length], [false, 1]);
  await button.click();
  assert.deepEqual([await speaks(page), (await said(page)).length], [true, 2]);
}));

test('listening answers nothing, sends nothing and asks nobody', () => visit('', voice, async (page) => {
  await ready(page);
  const requests = [];
  page.context().on('request', (request) => requests.push(request.url()));
  for (const button of await page.getByRole('button', { name: 'Dengarkan' }).all()) await button.click();
  await page.waitForTimeout(500);
  assert.equal((await said(page)).length, 9);
  assert.deepEqual(requests, []);
  assert.equal(await page.locator(':checked:not(option)').count(), 0);
  assert.match(page.url(), /\/s\/kab-kampar$/);
}));

test('without a voice there is no button', () => visit('', mute, async (page) => {
  await page.locator('#find').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Dengarkan' }).count(), 0);
  assert.equal(await page.locator('fieldset').count(), 9);
}));
