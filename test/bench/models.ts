/**
 * The concurrency models side by side, in what the lab (lab.ts) does not have: the most that kept connections carry, and
 * how long handlers take that compute at the same time.
 *
 *   npm run bench -- models [--seconds 2] [--rounds 3]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_NAMES, type ModelName } from '../../server-core/concurrency/model.ts';
import { type Contender, wirescope } from './contenders.ts';
import { median } from './load.ts';

const WARMING = 10;
const SMALL_BYTES = 1024;
/** Under the most processes of `process`. */
const KEPT = 8;
const COMPUTING = 16;
const COMPUTE_MS = 50;
const ROUTES = `export default ({ route, textResponse }) => [
  route('GET', '/compute', () => {
    const end = performance.now() + ${COMPUTE_MS};
    while (performance.now() < end);
    return textResponse('computed');
  }),
];`;

interface Figures {
  readonly keptPerSecond: number;
  readonly computingMs: number;
  /** Of those that compute: those that waited for too long. */
  readonly refused: number;
}

export async function benchModels({ seconds, rounds }: { seconds: number; rounds: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  writeFileSync(join(folder, 'small.txt'), 'x'.repeat(SMALL_BYTES));
  writeFileSync(join(folder, 'routes.mjs'), ROUTES);
  console.log(`\nConcurrency models: median of ${rounds} rounds, capture on, 2 workers\n`);
  const all = new Map<ModelName, Figures[]>(MODEL_NAMES.map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of MODEL_NAMES) all.get(name)!.push(await measure(name, folder, seconds));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`model        kept req/s   ${COMPUTING} computing`);
  for (const [name, figures] of all) {
    const of = (read: (one: Figures) => number) => median(figures.map(read)).toFixed(0);
    console.log(
      `${name.padEnd(12)}${of((one) => one.keptPerSecond).padStart(11)}` +
        `${of((one) => one.computingMs).padStart(12)} ms`,
    );
    const refused = median(figures.map((one) => one.refused));
    if (refused > 0) console.log(`            ${refused} of the ${COMPUTING} were answered with 503`);
  }
}

async function measure(model: ModelName, folder: string, seconds: number): Promise<Figures> {
  const options = ['--no-ui', '--model', model, '--routes', join(folder, 'routes.mjs'), '--memory', '64'];
  // The most of `process` is not what is measured.
  const workers = model === 'process' ? [] : ['--workers', '2'];
  const server = (await wirescope(model, [...options, ...workers])(folder)) as Contender;
  const small = `${server.url}small.txt`;
  try {
    // Whatever is compiled or cached by the first of them is so for all.
    for (let i = 0; i < WARMING; i++) await once(small);
    let refused = 0;
    const computingMs = await timed(async () => {
      refused = await atOnce(`${server.url}compute`, COMPUTING);
    });
    // One connection is served at a time, so that more of them would only wait.
    const connections = model === 'iterative' ? 1 : KEPT;
    const keptPerSecond = await overKept(small, connections, seconds);
    return { keptPerSecond, computingMs, refused };
  } finally {
    server.stop();
  }
}

/** Resolves to how many were answered with 503. */
async function atOnce(url: string, count: number): Promise<number> {
  const statuses = await Promise.all(Array.from({ length: count }, () => once(url)));
  return statuses.filter((status) => status === 503).length;
}

function once(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      const { statusCode: status = 0 } = response;
      if (status !== 200 && status !== 503) reject(new Error(`${url} was answered with ${status}`));
      response.resume().once('end', () => resolve(status));
    });
    request.once('error', reject);
  });
}

/** Requests a second over connections that persist. Each is warm: its process is up before the time runs. */
async function overKept(url: string, count: number, seconds: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: count }, () => keptClient(new URL(url))));
  const end = performance.now() + seconds * 1000;
  const asked = await Promise.all(clients.map((client) => client(() => performance.now() < end)));
  return asked.reduce((sum, one) => sum + one, 0) / seconds;
}

/** A client whose first request was answered. It asks while it may, and then resolves to how often. */
async function keptClient({ hostname, port, pathname, host }: URL) {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let answered = () => {};
  let missing = 0;
  socket.on('data', (bytes) => {
    // All answers are of one length, which the first tells.
    if (missing === 0) missing = bytes.indexOf('\r\n\r\n') + 4 + SMALL_BYTES;
    missing -= bytes.length;
    if (missing === 0) answered();
  });
  const ask = () =>
    new Promise<void>((resolve) => {
      answered = resolve;
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    });
  await ask();
  return async (mayAsk: () => boolean): Promise<number> => {
    let asked = 0;
    for (; mayAsk(); asked++) await ask();
    socket.destroy();
    return asked;
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
