// An old phone on a slow network: how long until the survey can be answered, and until the answer has arrived.
import { chromium } from 'playwright-core';
import { answerAll, ready } from '../../tests/browser/phone.mjs';
import { slowLine } from './slow.mjs';

/** Slow 3G. */
const LINE = { roundTrip: 400, bitsPerSecond: 400_000 };
/** How many times slower than here a phone computes. The worker of a page cannot be slowed down. */
const SLOWER = 4;

/** Size of the first visit, bytes over the network with headers, and how many requests it is until the page is there. */
export async function firstVisit(address) {
  const browser = await launch();
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    let document;
    session.on('Network.requestWillBeSent', ({ requestId, type }) => {
      if (type === 'Document') document = requestId;
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (requestId === document) bytes = encodedDataLength;
    });
    await page.goto(address, { waitUntil: 'load' });
    const early = await page.evaluate(() => {
      const { loadEventStart } = performance.getEntriesByType('navigation')[0];
      return performance.getEntriesByType('resource').filter((entry) => entry.startTime < loadEventStart).length;
    });
    return { bytes, requests: 1 + early };
  } finally {
    await browser.close();
  }
}

/** Seconds from the address to the first answer that is pressed, and from the button to the receipt. */
export async function slowVisit(service, path, { withWorker }) {
  const line = await slowLine(service, LINE);
  const browser = await launch();
  try {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 }, serviceWorkers: withWorker ? 'allow' : 'block',
    });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const opened = performance.now();
    await page.goto(line.url + path, { waitUntil: 'domcontentloaded' });
    await page.locator('.option').first().click();
    const usable = performance.now() - opened;
    if (withWorker) await ready(page);
    else await page.waitForLoadState('networkidle');
    await answerAll(page, 4, 'Antrean cepat');
    const button = page.locator('.send button');
    await button.scrollIntoViewIfNeeded();
    const pressed = performance.now();
    await button.click({ noWaitAfter: true });
    await page.locator('.receipt').waitFor();
    return { usable: usable / 1000, acknowledged: (performance.now() - pressed) / 1000 };
  } finally {
    await browser.close();
    await line.stop();
  }
}

const launch = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
