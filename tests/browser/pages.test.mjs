// What must hold on every page: readable by everybody, fits a small phone, loads nothing from anywhere else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, violations } from './chromium.mjs';
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

async function submitted(page) {
  for (const element of ELEMENTS) await page.check(`input[name="${element}"][value="3"]`);
  await page.locator('.send button').click();
  await page.waitForURL(/terima-kasih/);
}

async function refused(page) {
  // As from a browser that runs no script: the server says what is missing.
  await page.locator('#survey').evaluate((form) => form.submit());
  await page.locator('[role="alert"]').waitFor();
}

async function reminded(page) {
  await page.check('input[name="persyaratan"][value="4"]');
  await page.locator('.send button').click();
  await page.locator('.told').first().waitFor();
  if (await page.locator('.told').count() !== 8) throw new Error('each question without an answer says so');
}

/** Address, and what to do there to reach the state. */
const PAGES = {
  home: ['/'],
  survey: ['/s/kab-kampar'],
  'survey in English': ['/s/kab-kampar?bahasa=en'],
  'survey at a counter': ['/s/kab-kampar?loket=L3'],
  'survey with errors': ['/s/kab-kampar', refused],
  'survey with reminders': ['/s/kab-kampar', reminded],
  'survey in a frame': ['/s/kab-kampar?sematan=1'],
  'thank-you': ['/s/kab-kampar', submitted],
  results: ['/hasil/kab-kampar'],
  withdraw: ['/s/kab-kampar/tarik'],
  'unknown MPP': ['/s/kab-tiada'],
};

for (const [name, [address, reach]] of Object.entries(PAGES)) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}, ${colorScheme}: accessible, fits 320 px, loads nothing from elsewhere, no errors`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 568 } });
      const page = await context.newPage();
      const elsewhere = [];
      const complaints = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(service.url)) elsewhere.push(request.url());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // That a page which says "not found" or "not complete" has such a status is no error of the page.
        const status = /status of 4(04|22)/.test(message.text());
        if (message.type() === 'error' && !status) complaints.push(message.text());
      });
      await page.goto(`${service.url}${address}`);
      await reach?.(page);

      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `the page is ${width} px wide`);
      const found = await violations(page);
      assert.deepEqual(found, []);
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}
