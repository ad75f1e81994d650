// The instruments themselves: a checker that cannot find anything proves nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, violations } from './chromium.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('the accessibility check finds a picture without text', async () => {
  const page = await browser.newPage();
  await page.setContent('<html lang="id"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>');
  const found = await violations(page);
  assert.equal(found.length, 1, found.join('\n'));
  assert.match(found[0], /^image-alt: .*: img$/);
});
