// Networks that lie, break and refuse: no answer is lost, none counts twice, and the person is told the truth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { network, phone, service, storedUnder, survey } from './broken_network.mjs';
import { answerAll, cameOnline, idOf, kept, open, send, sendNow, sent, submit, until, workerOf } from './phone.mjs';

const isPost = ({ method }) => method === 'POST';

/** What may happen to an answer on its way, and whether the service has it nevertheless. */
const WAYS = {
  'the connection breaks': [{ cut: true }, 0],
  'the connection breaks in the middle of the answer': [{ cutRequest: 100 }, 0],
  'the acknowledgement is lost': [{ cutResponse: 0 }, 1],
  'a captive portal answers with its page': [{ status: 200 }, 0],
  'a captive portal redirects': [{ redirect: '/masuk' }, 0],
  'the server says 500': [{ status: 500 }, 0],
  'the proxy says 502': [{ status: 502 }, 0],
  'the proxy says 503': [{ status: 503 }, 0],
  'the proxy says 504': [{ status: 504 }, 0],
  'JSON of somebody else arrives': [{ status: 201, html: '{"status":"ok"}' }, 0],
  'nothing answers': [{ stall: true }, 0],
};
for (const [name, [what, arrived]] of Object.entries(WAYS)) {
  test(`${name}: the answer is kept, and is one response in the end`, () => phone(async (page) => {
    await open(page, survey);
    network.behave((request) => (isPost(request) ? what : undefined));
    const id = await send(page, 3, name);
    await page.waitForURL(/\/tersimpan\?id=/);
    assert.deepEqual((await kept(page, 'queue')).map((entry) => entry.id), [id]);
    assert.equal(storedUnder(id).length, arrived);
    network.behave();
    await sendNow(page);
    await page.getByText('jawaban Anda sudah terkirim').waitFor();
    assert.equal(storedUnder(id).length, 1);
  }));
}

test('a page of a captive portal is never kept as the survey', () => phone(async (page) => {
  await open(page, survey);
  network.behave(() => ({ status: 200 }));
  await page.reload();
  assert.equal(await page.locator('fieldset').count(), 9, 'the copy opens instead');
  network.cut();
  await page.reload();
  assert.equal(await page.locator('fieldset').count(), 9);
}));

test('a slow network is not waited for when there is a copy', () => phone(async (page) => {
  await open(page, survey);
  network.behave(() => ({ stall: true }));
  const before = Date.now();
  await page.reload();
  assert.equal(await page.locator('fieldset').count(), 9);
  assert.ok(Date.now() - before < 6000, `${Date.now() - before} ms`);
}));

test('thanks that get lost on the way are said by the phone, with the receipt', () => phone(async (page) => {
  await open(page, survey);
  network.behave(({ path }) => (path.includes('terima-kasih') ? { cut: true } : undefined));
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  const receipt = new URL(page.url()).pathname.split('/').at(-1);
  await page.locator('[data-view="sent"] .receipt', { hasText: receipt }).waitFor();
  assert.equal(storedUnder(id).length, 1);
}));

test('one answer that is refused does not hold up the others', () => phone(async (page) => {
  await open(page, survey);
  network.cut();
  const ids = [];
  for (const score of [1, 2, 3]) {
    await page.goto(survey);
    await answerAll(page, score);
    if (score === 2) {
      // The service was closed after the page was kept.
      await page.evaluate(() => {
        const choice = document.querySelector('select[name="service"]');
        choice.options[1].value = 'TUTUP';
        choice.selectedIndex = 1;
      });
    }
    ids.push(await idOf(page));
    await submit(page);
    await page.waitForURL(/tersimpan/);
  }
  network.behave();
  await cameOnline(page);
  await page.getByText('Layanan yang dipilih tidak ada lagi').locator('visible=true').waitFor();
  assert.deepEqual(ids.map((id) => storedUnder(id).length), [1, 0, 1]);
  assert.deepEqual((await kept(page, 'queue')).map(({ id, state, code }) => [id, state, code]), [
    [ids[1], 'refused', 'unknown_service'],
  ]);
  await page.getByRole('button', { name: 'Hapus dari daftar' }).and(page.locator('.danger')).click();
  await until('it is gone', async () => (await kept(page, 'queue')).length === 0);
}));

test('an answer that comes after the closing is kept with its own sentence', () => phone(async (page) => {
  // The semester cannot be closed while it runs, so the service's word is changed on the way.
  const closed = (text) => text.replace('"status":"recorded"', '"status":"late"');
  const late = (request) => (isPost(request) ? { rewrite: closed } : undefined);
  await open(page, survey);
  network.cut();
  const id = await send(page, 3);
  await page.waitForURL(/tersimpan/);
  network.behave(late);
  await cameOnline(page);
  await page.locator('[data-view="sent"]').getByText('Semester ini sudah ditutup').waitFor();
  assert.deepEqual((await kept(page, 'sent')).map((row) => [row.id, row.status]), [[id, 'late']]);
  await page.goto(survey);
  await send(page, 3);
  await page.waitForURL(/terima-kasih\/[^?]+\?terlambat=1/);
}));

test('a wrong form is told by the server\'s own page, with everything kept', () => phone(async (page) => {
  await open(page, survey);
  // As if the page's own check had let it through.
  await page.evaluate(() => { document.querySelector('form[action^="/s/"]').onsubmit = null; });
  await page.fill('textarea[name="comment"]', 'Masih ada');
  await submit(page);
  await page.locator('[role="alert"]').first().waitFor();
  assert.equal(await page.inputValue('textarea[name="comment"]'), 'Masih ada');
  assert.deepEqual(await kept(page, 'queue'), []);
}));

test('other answers under an id that is stored get the server\'s offer', () => phone(async (page) => {
  await open(page, survey);
  const id = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  await page.goto(survey);
  await answerAll(page, 1);
  await page.evaluate((id) => { document.querySelector('input[name="id"]').value = id; }, id);
  await submit(page);
  await page.getByText('Orang lain mengisi').waitFor();
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(id).length, 1);
}));

test('a full phone says that nothing is stored, and sends the same form again', () => phone(async (page, context) => {
  await open(page, survey);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: network.url, quotaSize: 1 });
  network.cut();
  const id = await send(page, 2, 'Penuh "sekali" <b>');
  await page.getByText('Jawaban belum tersimpan').waitFor();
  assert.equal(await page.inputValue('[data-view="full"] input[name="comment"]'), 'Penuh "sekali" <b>');
  assert.ok(await page.getByText('Isi survei', { exact: true }).isHidden(), 'no way away from the only copy');
  await submit(page);
  await page.getByText('Jawaban belum tersimpan').waitFor();
  network.behave();
  await submit(page);
  await page.waitForURL(/terima-kasih/);
  const [row, ...more] = storedUnder(id);
  assert.deepEqual([row.comment, more.length], ['Penuh "sekali" <b>', 0]);
}));

test('with its database blocked a phone sends at once or says that it cannot', () => phone(async (page, context) => {
  await open(page, survey);
  const block = async () => (await workerOf(context)).evaluate(() => {
    indexedDB.open = () => { throw new DOMException('blocked', 'SecurityError'); };
  });
  await block();
  const first = await send(page, 4);
  await page.waitForURL(/terima-kasih/);
  assert.equal(storedUnder(first).length, 1);
  await page.goto(survey);
  await block();
  network.cut();
  await send(page, 4);
  await page.getByText('Jawaban belum tersimpan').waitFor();
}));

test('a busy server is left alone for a while, and a person may try again', () => phone(async (page) => {
  const busy = JSON.stringify({ type: 'about:blank', title: 'x', status: 503, code: 'busy', detail: 'x' });
  await open(page, survey);
  network.behave((request) => (isPost(request) ? { status: 503, html: busy } : undefined));
  const id = await send(page, 3);
  await page.waitForURL(/tersimpan/);
  await sendNow(page);
  const posts = () => network.seen.filter(isPost).length;
  await until('the second attempt', () => posts() > 1);
  await until('the pause is set', async () => (await kept(page, 'meta')).some((row) => row.key === 'pause' && row.value));
  // What was asked for while that attempt was under way is still done.
  await page.waitForTimeout(800);
  const before = posts();
  await cameOnline(page);
  await page.reload();
  await page.waitForTimeout(1500);
  assert.equal(posts(), before, 'neither a new page nor a new network breaks the pause');
  network.behave();
  await sendNow(page);
  await sent(page);
  assert.equal(storedUnder(id).length, 1);
}));
