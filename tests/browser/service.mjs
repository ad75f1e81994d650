// A running service with a small country in a temporary folder: one large MPP and one without services, registered the way an operator would.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The elements in the order of the form. */
export const ELEMENTS = [
  'persyaratan', 'prosedur', 'waktu', 'biaya', 'produk', 'kompetensi', 'perilaku', 'sarana', 'pengaduan',
];

const MPP = `code,name,region_code,brand
kab-kampar,MPP Kabupaten Kampar,14.01,
kab-siak,MPP Kabupaten Siak,14.08,
`;

/** 17 counters with 265 services, as many as Kampar has. */
function services() {
  const rows = ['mpp,agency,counter,service,service_name,channel,free'];
  for (let number = 1; number <= 265; number += 1) {
    const counter = (number % 17) + 1;
    rows.push(`kab-kampar,Instansi ${counter},L${counter},S${number},Layanan Nomor ${number},direct,no`);
  }
  return `${rows.join('\n')}\n`;
}

/** Starts the service on a free port, with these further arguments; `stop` ends it the way a service manager does. */
export async function start(...more) {
  const binary = process.env.SUARA_BIN;
  if (!binary) throw new Error('SUARA_BIN must name the built suara binary: `make test` sets it');
  const folder = mkdtempSync(join(tmpdir(), 'suara-browser-'));
  const where = ['--database', `sqlite://${join(folder, 'suara.db')}`, '--data-dir', folder];
  const run = (...args) => {
    const result = spawnSync(binary, [...args, ...where], { encoding: 'utf8', maxBuffer: 1e8 });
    if (result.status !== 0) throw new Error(`suara ${args.join(' ')}: exit ${result.status}\n${result.stderr}`);
    return result.stdout;
  };
  for (const [kind, csv] of [['mpp', MPP], ['services', services()]]) {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, csv);
    run('import', kind, file);
  }
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', ...more, ...where], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SUARA_LOG: 'warn' },
  });
  const exited = new Promise((resolve) => server.once('exit', (code) => resolve(code)));
  const address = await firstLine(server, exited);
  return {
    url: address.replace('listening on ', ''),
    /** Runs a command on the same country; what it prints. */
    run,
    /** Where it keeps everything. */
    folder,
    /** The responses that are stored, as objects by column. */
    responses: () => parse(run('export', 'responses', '--period', runningPeriod(), '--format', 'csv')),
    /** The figures of an MPP in the running semester. */
    summary: (mpp) => {
      const all = JSON.parse(run('export', 'summaries', '--period', runningPeriod(), '--format', 'json'));
      return all.mpp.find(({ code }) => code === mpp);
    },
    async stop() {
      server.kill('SIGTERM');
      const code = await exited;
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the service ended with ${code} on SIGTERM`);
    },
  };
}

async function firstLine(server, exited) {
  const lines = createInterface({ input: server.stdout });
  const line = new Promise((resolve) => lines.once('line', resolve));
  const first = await Promise.race([line, exited.then((code) => `exit ${code}`)]);
  if (!first.startsWith('listening on http://')) throw new Error(`suara serve said: ${first}`);
  return first;
}

/** The semester it is now in Kampar, which is in WIB (UTC+7). */
function runningPeriod() {
  const local = new Date(Date.now() + 7 * 3600 * 1000);
  return `${local.getUTCFullYear()}-S${local.getUTCMonth() < 6 ? 1 : 2}`;
}

/** RFC 4180, with quotes and line breaks inside fields. */
function parse(csv) {
  const rows = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < csv.length; i += 1) {
    const letter = csv[i];
    if (quoted && letter === '"' && csv[i + 1] === '"') { field += '"'; i += 1; }
    else if (letter === '"') quoted = !quoted;
    else if (quoted || !',\r\n'.includes(letter)) field += letter;
    else if (letter !== '\r') {
      rows.at(-1).push(field);
      field = '';
      if (letter === '\n') rows.push([]);
    }
  }
  const [header, ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}
