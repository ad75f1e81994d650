// The survey page of an MPP with 265 services in a real Chromium, each figure beside what is wanted. `benches/run page`
// starts it with the release build in SUARA_BIN. What the figures mean is in docs/benchmarks.md.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start } from '../../tests/browser/service.mjs';
import { firstVisit, slowVisit } from './phone.mjs';

const REPEATS = 3;
const PATH = '/s/kab-kampar';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

const run = promisify(execFile);
const middle = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

async function repeated(work) {
  const all = [];
  for (let time = 0; time < REPEATS; time += 1) all.push(await work());
  return (name) => middle(all.map((figures) => figures[name]));
}

/** Lighthouse loses a trace now and then and asks to be run again. */
const LIGHTHOUSE_ATTEMPTS = 3;

/** Lighthouse's scores of an address as a phone sees it, 0 to 100. */
async function scores(address, attempt = 1) {
  const program = fileURLToPath(new URL('node_modules/lighthouse/cli/index.js', import.meta.url));
  // It ends with an error after a runtime error, with the report on its output all the same.
  const { stdout } = await run(process.execPath, [
    program, address, '--quiet', '--output=json', '--no-enable-error-reporting', `--only-categories=${CATEGORIES}`,
    '--chrome-flags=--headless=new --no-sandbox',
  ], { maxBuffer: 1e8, env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' } }).catch((failed) => failed);
  const { categories, runtimeError } = JSON.parse(stdout);
  if (runtimeError && attempt < LIGHTHOUSE_ATTEMPTS) return scores(address, attempt + 1);
  if (runtimeError) throw new Error(`lighthouse: ${runtimeError.message}`);
  return Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]));
}

/** One line of the table. */
function say(what, ours, unit, sign, limit) {
  const met = sign === '≤' ? ours <= limit : ours >= limit;
  const number = (value) => `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`.trim();
  console.log(`${what.padEnd(58)} ${number(ours).padStart(12)}  ${`${sign} ${number(limit)}`.padEnd(15)} ${met ? 'met' : 'NOT MET'}`);
}

async function measure(service) {
  const { bytes, requests } = await firstVisit(service.url + PATH);
  say('first visit, 265 services, head and body', bytes, 'bytes', '≤', 14_336);
  say('first visit: requests until the page is there', requests, '', '≤', 1);
  for (const withWorker of [false, true]) {
    const how = `400 kbit/s, 400 ms, CPU ×4, ${withWorker ? 'with worker' : 'without worker'}`;
    const figure = await repeated(() => slowVisit(service.url, PATH, { withWorker }));
    say(`${how}: usable`, figure('usable'), 's', '≤', 2.0);
    say(`${how}: button to receipt`, figure('acknowledged'), 's', '≤', 1.5);
  }
  for (const language of ['id', 'en']) {
    const score = await repeated(() => scores(`${service.url}${PATH}?bahasa=${language}`));
    for (const name of CATEGORIES) say(`Lighthouse, mobile, ${language}: ${name}`, score(name), '', '≥', 100);
  }
}

const service = await start();
try {
  console.log('\nPAGE IN A BROWSER');
  await measure(service);
} finally {
  await service.stop();
}
