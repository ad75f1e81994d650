// What proves that somebody was there: the token of a visit, the code of a counter. It may be of no use; it never costs an
// answer, and it is never seen again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { network, phone, service, storedUnder, survey } from './broken_network.mjs';
import { cameOnline, idOf, open, send, sent } from './phone.mjs';
import { ELEMENTS } from './service.mjs';

/** A token as a queue machine prints it. */
function token(mpp) {
  const [header, first] = service.run('token', 'issue', '--mpp', mpp, '--count', '1').trim().split(/\r?\n/);
  assert.match(header, /^token,/);
  return first.split(',')[0];
}

/** A person with this token, from the ticket to the thanks; the stored row. */
async function person(page, tiket) {
  await page.goto(`${survey}?tiket=${encodeURIComponent(tiket)}`);
  const id = await send(page, 4);
  await page.waitForURL(/\/terima-kasih\//);
  assert.equal(await page.locator('h1').innerText(), 'Terima kasih, jawaban Anda tersimpan');
  assert.match(await page.locator('.receipt').innerText(), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.ok(!page.url().includes('tiket'), 'the token is not carried on');
  const [row, ...more] = storedUnder(id);
  assert.equal(more.length, 0);
  return row;
}

for (const javaScriptEnabled of [true, false]) {
  test(`a token verifies one answer; everybody is thanked alike, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    const mine = token('kab-kampar');
    const last = mine.endsWith('0') ? '1' : '0';
    const tokens = {
      unused: [mine, 'yes'],
      'used before': [mine, 'no'],
      forged: [mine.slice(0, -1) + last, 'no'],
      'of another MPP': [token('kab-siak'), 'no'],
      nonsense: ['"><b>', 'no'],
      'written by hand': [` ${token('kab-kampar').toLowerCase().replaceAll('-', ' ')} `, 'yes'],
    };
    for (const [name, [tiket, verified]] of Object.entries(tokens)) {
      await phone(async (page) => {
        if (!javaScriptEnabled) {
          await page.goto(`${survey}?tiket=${encodeURIComponent(tiket)}`);
          const id = await page.locator('input[name="id"]').inputValue();
          for (const element of ELEMENTS) await page.check(`input[name="${element}"][value="4"]`);
          await page.locator('.send button').click();
          await page.getByText('Terima kasih, jawaban Anda tersimpan').waitFor();
          assert.equal(storedUnder(id)[0].verified, verified, name);
        } else {
          assert.equal((await person(page, tiket)).verified, verified, name);
        }
      }, { javaScriptEnabled });
    }
  });
}

test('with the worker it is the same, once for the first and never for the next', () => phone(async (page) => {
  await open(page, survey);
  const tiket = token('kab-kampar');
  assert.equal((await person(page, tiket)).verified, 'yes');
  assert.equal((await person(page, tiket)).verified, 'no', 'the same ticket again');
  await page.goto(survey);
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(id)[0].verified, 'no', 'nothing is left of the ticket');
}));

test('a token verifies an answer that has waited without a network', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  await page.goto(`${survey}?tiket=${token('kab-kampar')}`);
  const id = await send(page, 3);
  await page.waitForURL(/tersimpan/);
  network.behave();
  await cameOnline(page);
  await sent(page);
  assert.equal(storedUnder(id)[0].verified, 'yes');
}));

test('a token stays with the form through the other language and a form that is not complete', () => phone(async (page) => {
  await page.goto(`${survey}?tiket=${token('kab-kampar')}`);
  await page.locator('button[name="bahasa"]').click();
  await page.locator('html[lang="en"]').waitFor();
  await page.locator('#survey').evaluate((form) => form.submit());
  await page.locator('[role="alert"]').waitFor();
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(id)[0].verified, 'yes');
}));

/** Which code the form holds. */
const codeOf = (page) => page.locator('input[name="counter_code"]').inputValue();

for (const [place, mode] of [['kiosk', 'kiosk'], ['bantu', 'assisted']]) {
  test(`the code of a counter goes on from person to person, ${mode}`, async () => {
    const address = `${network.url}/s/kab-kampar/${place}?kode=ABCD1234&loket=L3`;
    const next = new RegExp(`/s/kab-kampar/${place}\\?loket=L3&kode=ABCD1234`);
    await phone(async (page) => {
      await page.goto(address);
      for (const element of ELEMENTS) await page.check(`input[name="${element}"][value="4"]`);
      await page.locator('.send button').click();
      await page.getByRole('link', { name: 'Orang berikutnya' }).click();
      assert.match(page.url(), next);
      assert.equal(await codeOf(page), 'ABCD1234');
    }, { javaScriptEnabled: false });
    await phone(async (page) => {
      await open(page, address);
      for (const isCut of [false, true]) {
        await page.goto(address);
        if (isCut) network.cut();
        if (place === 'kiosk') await page.evaluate(() => { document.querySelector('#survey').hidden = false; });
        const id = await idOf(page);
        await page.evaluate((elements) => {
          const form = document.querySelector('#survey');
          for (const element of elements) form.elements[element].value = '4';
          form.querySelector('.send button').click();
        }, ELEMENTS);
        await page.waitForURL(isCut ? /tersimpan/ : /terima-kasih/);
        const link = page.getByRole('link', { name: 'Orang berikutnya' });
        await link.waitFor();
        assert.match(await link.getAttribute('href'), next, isCut ? 'without a network' : 'with the worker');
        network.behave();
        await cameOnline(page);
        if (isCut) await sent(page);
        assert.equal(storedUnder(id)[0].counter, 'L3');
      }
    });
  });
}
