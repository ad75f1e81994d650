// Pictures of every page a citizen can meet, to be looked at: `node tests/browser/pictures.mjs FOLDER [PAGE]...`.
// Not a test.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';
import { answerAll, cameOnline, open, submit } from './phone.mjs';
import { proxyTo } from './proxy.mjs';
import { ELEMENTS, start } from './service.mjs';

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('name a folder for the pictures');
mkdirSync(folder, { recursive: true });

const service = await start();
const network = await proxyTo(service.url);
const browser = await launch();
const SURVEY = '/s/kab-kampar';

const natively = (page) => page.locator('#survey').evaluate((form) => form.submit());
const set = (page, name, value) => page.evaluate(({ name, value }) => {
  document.querySelector(`#survey [name="${name}"]`).value = value;
}, { name, value });

async function halfway(page) {
  await page.selectOption('#service', 'S9');
  for (const element of ELEMENTS.slice(0, 5)) await page.check(`input[name="${element}"][value="3"]`);
}

async function searching(page) {
  await page.locator('#find').fill('nomor 26');
}

async function reminded(page) {
  await halfway(page);
  await submit(page);
  await page.locator('.told').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

async function refused(page) {
  await halfway(page);
  await set(page, 'comment', 'x'.repeat(2001));
  await natively(page);
  await page.locator('[role="alert"]').waitFor();
}

async function thanked(page) {
  await answerAll(page, 4);
  await submit(page);
  await page.waitForURL(/terima-kasih/);
}

async function late(page) {
  await thanked(page);
  const url = new URL(page.url());
  url.searchParams.set('terlambat', '1');
  await page.goto(url.href);
}

async function young(page) {
  await answerAll(page, 4);
  await set(page, 'age_band', '0-16');
  await submit(page);
  await page.waitForFunction(() => !document.querySelector('#survey'));
}

/** The worker is there, the network is not. */
async function saved(page) {
  await open(page, page.url());
  network.cut();
  await answerAll(page, 4);
  await submit(page);
  await page.waitForURL(/tersimpan/);
  await page.locator('[data-row="waiting"] >> visible=true').first().waitFor({ timeout: 3000 }).catch(() => {});
}

async function arrived(page) {
  await saved(page);
  network.behave();
  await cameOnline(page);
  await page.locator('[data-view="sent"] .receipt').waitFor();
}

async function conflict(page) {
  await page.evaluate(() => { document.querySelector('#survey [name="id"]').value = '019305a0-7c4e-7000-8000-000000000001'; });
  await answerAll(page, 4, page.url());
  const form = { id: '019305a0-7c4e-7000-8000-000000000001', comment: 'lain' };
  for (const element of ELEMENTS) form[element] = '1';
  await page.request.post(`${service.url}${SURVEY}`, { form });
  await natively(page);
  await page.waitForFunction(() => !document.querySelector('#survey'));
}

const HOLD = `import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()`;

/** While another program holds the database, the server is busy. */
async function busy(page) {
  const holder = spawn('python3', ['-c', HOLD, join(service.folder, 'suara.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  try {
    await answerAll(page, 3);
    await submit(page);
    await page.getByRole('button', { name: /Kirim lagi|again/ }).waitFor();
  } finally {
    holder.stdin.end();
    await once(holder, 'exit');
  }
}

/** The phone has neither network nor room. */
async function unsaved(page) {
  await open(page, page.url());
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: network.url, quotaSize: 1 });
  network.cut();
  await answerAll(page, 2);
  await submit(page);
  await page.locator('[data-view="full"]').waitFor();
}

async function withdrawn(page) {
  await thanked(page);
  await page.locator('details:has(form[action$="/tarik"]) > summary').click();
  await page.locator('form[action$="/tarik"] button').click();
  await page.locator('h1').waitFor();
}

async function wrongReceipt(page) {
  await page.fill('#receipt', 'XYZ');
  await page.locator('.danger').click();
  await page.locator('#receipt-problem').waitFor();
}

async function begun(page) {
  await page.waitForTimeout(700);
  await page.locator('[data-begin]').click();
}

async function warned(page) {
  await page.clock.install();
  await page.reload();
  await page.clock.runFor(1000);
  await page.locator('[data-begin]').click();
  await page.clock.runFor(21_000);
}

/** The semester before this one, with its results. */
function publish() {
  const now = new Date();
  const [year, half] = now.getUTCMonth() < 6 ? [now.getUTCFullYear() - 1, 2] : [now.getUTCFullYear(), 1];
  const rows = [`id,mpp,service,filled_at,channel,mode,${ELEMENTS},sex,age_band,education,occupation,disability,comment`];
  for (let person = 0; person < 240; person += 1) {
    const scores = ELEMENTS.map((_, index) => 4 - ((person * 7 + index * 3) % 11 > 8 ? 2 : (person + index) % 2));
    const day = `${year}-${half === 1 ? '03' : '09'}-${String(1 + (person % 28)).padStart(2, '0')}`;
    rows.push(`${randomUUID()},kab-kampar,S${1 + (person % 4)},${day}T03:00:00Z,,paper,${scores},,,,,,`);
  }
  const file = join(service.folder, 'responses.csv');
  writeFileSync(file, `${rows.join('\n')}\n`);
  service.run('import', 'responses', file);
  service.run('batch', 'run', '--period', `${year}-S${half}`, '--no-mail');
}

/** Address, what to do there, and how. */
const PAGES = {
  survey: [SURVEY],
  'survey-counter': [`${SURVEY}?loket=L3`],
  'survey-half': [SURVEY, halfway],
  'survey-search': [SURVEY, searching],
  'survey-reminders': [SURVEY, reminded],
  'survey-errors': [SURVEY, refused],
  'survey-frame': [`${SURVEY}?sematan=1`],
  thanks: [SURVEY, thanked],
  'thanks-late': [SURVEY, late],
  'under-17': [SURVEY, young],
  saved: [SURVEY, saved],
  'saved-sent': [SURVEY, arrived],
  unsaved: [SURVEY, unsaved],
  withdraw: [`${SURVEY}/tarik`],
  'withdraw-wrong': [`${SURVEY}/tarik`, wrongReceipt],
  withdrawn: [SURVEY, withdrawn],
  conflict: [SURVEY, conflict],
  busy: [SURVEY, busy, { serviceWorkers: 'block' }],
  'not-found': ['/tidak/ada'],
  'unknown-mpp': ['/s/kab-tiada'],
  kiosk: [`${SURVEY}/kiosk?loket=L3`],
  'kiosk-begun': [`${SURVEY}/kiosk?loket=L3`, begun],
  'kiosk-warning': [`${SURVEY}/kiosk?loket=L3`, warned],
  assisted: [`${SURVEY}/bantu?loket=L3`],
  home: ['/'],
  results: ['/hasil/kab-kampar'],
  'results-none': ['/hasil/kab-siak'],
};

async function take(name, [address, reach, options], language, colorScheme) {
  network.behave();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme, ...options });
  try {
    const page = await context.newPage();
    const url = new URL(address, network.url);
    if (language !== 'id') url.searchParams.set('bahasa', language);
    await page.goto(url.href);
    await reach?.(page);
    await page.screenshot({ path: join(folder, `${name}-${language}-${colorScheme}.png`), fullPage: !name.startsWith('kiosk') });
  } catch (error) {
    console.error(`${name} ${language} ${colorScheme}: ${error.message.split('\n')[0]}`);
    process.exitCode = 1;
  } finally {
    await context.close();
  }
}

try {
  publish();
  // Some of them, if only some are named.
  const wanted = Object.entries(PAGES).filter(([name]) => names.length === 0 || names.includes(name));
  for (const [name, page] of wanted) {
    for (const language of ['id', 'en']) {
      for (const colorScheme of ['light', 'dark']) await take(name, page, language, colorScheme);
    }
  }
} finally {
  await browser.close();
  await network.stop();
  await service.stop();
}
