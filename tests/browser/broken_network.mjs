// What the tests of a bad network share: a service, a proxy before it that misbehaves on demand, and phones of their own.
// The names are live: they have their values once the tests begin.
import { after, before } from 'node:test';
import { launch } from './chromium.mjs';
import { proxyTo } from './proxy.mjs';
import { start } from './service.mjs';

export let browser;
export let service;
export let network;
/** Address of the survey, through the proxy. */
export let survey;

before(async () => {
  service = await start();
  network = await proxyTo(service.url);
  survey = `${network.url}/s/kab-kampar`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await network?.stop();
  await service?.stop();
});

/** A phone of its own, with the network as it should be. */
export async function phone(body, options = {}) {
  network.behave();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  try {
    await body(await context.newPage(), context);
  } finally {
    await context.close();
    network.behave();
  }
}

export const storedUnder = (id) => service.responses().filter((row) => row.id === id);
