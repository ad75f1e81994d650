// Inside the pages of others: framed by those the operator names and nobody else, called by the scripts of anybody.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { until } from './phone.mjs';
import { ELEMENTS, start } from './service.mjs';

let browser;
let named;
let stranger;
let service;
let alone;

/** A site of somebody else, under another host name; it shows in a frame what `?frame=` says. */
async function site() {
  const server = http.createServer((request, response) => {
    const framed = new URL(request.url, 'http://localhost').searchParams.get('frame');
    const frame = framed ? `<iframe src="${framed.replaceAll('&', '&amp;')}" width="400" height="700"></iframe>` : '';
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>MPP Digital</title>${frame}`);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

before(async () => {
  [named, stranger] = await Promise.all([site(), site()]);
  [service, alone] = await Promise.all([start('--embed-origins', named.origin), start()]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  named?.stop();
  stranger?.stop();
  await Promise.all([service?.stop(), alone?.stop()]);
});

/** A page of `origin`, with `address` in a frame if there is one; `refused` collects what the browser would not frame. */
async function visit(origin, address, body) {
  const context = await browser.newContext({ viewport: { width: 420, height: 800 } });
  const refused = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.text().includes('frame-ancestors')) refused.push(message.text());
    });
    await page.goto(address ? `${origin}/?frame=${encodeURIComponent(address)}` : origin);
    await body(page, refused);
  } finally {
    await context.close();
  }
}

const storedUnder = (id) => service.responses().filter((row) => row.id === id);

test('a site that is named frames the survey, and its answers arrive', () => visit(
  named.origin,
  `${service.url}/s/kab-kampar?sematan=1&loket=L3`,
  async (page, refused) => {
    const frame = page.frameLocator('iframe');
    assert.ok(await frame.locator('.top .name').isHidden(), 'the compact form');
    const id = await frame.locator('input[name="id"]').inputValue();
    for (const element of ELEMENTS) await frame.locator(`input[name="${element}"][value="3"]`).check();
    await frame.locator('textarea').fill('Dari halaman lain');
    await frame.locator('.send button').click();
    await frame.locator('.receipt').waitFor();
    const [row, ...more] = storedUnder(id);
    assert.deepEqual([row.counter, row.comment, row.mode, more.length], ['L3', 'Dari halaman lain', 'web', 0]);
    assert.deepEqual(refused, []);
  },
));

test('what is missing is told inside the frame, in the compact form', () => visit(
  named.origin,
  `${service.url}/s/kab-kampar?sematan=1`,
  async (page) => {
    const frame = page.frameLocator('iframe');
    await frame.locator('#survey').evaluate((form) => form.submit());
    await frame.locator('[role="alert"]').waitFor();
    assert.equal(await frame.locator('[role="alert"] a').count(), 9);
    assert.ok(await frame.locator('.top .name').isHidden());
    await frame.locator('button[name="bahasa"]').click();
    await frame.locator('html[lang="en"]').waitFor();
    assert.ok(await frame.locator('.top .name').isHidden(), 'also in the other language');
  },
));

const REFUSED = {
  'nobody is named': () => [named.origin, `${alone.url}/s/kab-kampar?sematan=1`],
  'another site is named': () => [stranger.origin, `${service.url}/s/kab-kampar?sematan=1`],
  'a tablet at the counter': () => [named.origin, `${service.url}/s/kab-kampar/kiosk?loket=L3`],
  'an officer\'s page': () => [named.origin, `${service.url}/s/kab-kampar/bantu?loket=L3`],
  results: () => [named.origin, `${service.url}/hasil/kab-kampar`],
};
for (const [name, where] of Object.entries(REFUSED)) {
  test(`not framed: ${name}`, () => {
    const [origin, address] = where();
    return visit(origin, address, async (page, refused) => {
      await until('the browser refuses', () => refused.length > 0);
      assert.equal(await page.frameLocator('iframe').locator('main').count(), 0);
    });
  });
}

const answers = () => Object.fromEntries(ELEMENTS.map((element) => [element, 4]));

/** What a script of the page gets when it posts to the API, or why it gets nothing. */
const post = (page, body, options = {}) => page.evaluate(async ({ address, body, options }) => {
  try {
    const response = await fetch(address, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...options,
    });
    return { status: response.status, said: await response.json() };
  } catch (error) {
    return { failed: error.name };
  }
}, { address: `${service.url}/api/v1/responses`, body, options });

for (const [name, whose] of [['a site that is named', () => named], ['a site that is not', () => stranger]]) {
  test(`scripts of ${name} send answers and read what became of them`, () => visit(whose().origin, null, async (page) => {
    const preflights = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (request.method === 'OPTIONS') preflights.push(request.url);
    });
    const body = { id: randomUUID(), mpp: 'kab-kampar', answers: answers(), comment: 'Dari aplikasi lain' };
    const { status, said } = await post(page, body);
    assert.deepEqual([status, said.id, said.status], [201, body.id, 'recorded']);
    assert.match(said.receipt, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    assert.equal(preflights.length, 1, 'the browser asked before');
    assert.equal(storedUnder(body.id)[0].comment, 'Dari aplikasi lain');

    assert.equal((await post(page, body)).said.status, 'already_recorded');
    const wrong = await post(page, { mpp: 'kab-kampar', answers: {} });
    assert.deepEqual([wrong.status, wrong.said.code, wrong.said.errors.length], [422, 'invalid', 10], 'errors are read too');
    const other = { ...body, id: randomUUID() };
    const list = await post(page, [body, other]);
    assert.deepEqual(list.said.map((item) => item.status), ['already_recorded', 'recorded']);
  }));
}

test('scripts of other sites get no further than that', () => visit(stranger.origin, null, async (page) => {
  const body = { id: randomUUID(), mpp: 'kab-kampar', answers: answers() };
  // Nobody is known by a cookie, and what is not announced may not be sent along.
  assert.deepEqual(await post(page, body, { credentials: 'include' }), { failed: 'TypeError' });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x' };
  assert.deepEqual(await post(page, body, { headers }), { failed: 'TypeError' });
  assert.deepEqual(await post(page, body, { method: 'PUT' }), { failed: 'TypeError' });
  assert.equal(storedUnder(body.id).length, 0);
  const read = (path) => page.evaluate((address) => fetch(address).then(() => 'read', () => 'refused'), service.url + path);
  assert.deepEqual([await read('/s/kab-kampar'), await read('/api/v1/mpp')], ['refused', 'read']);
}));
