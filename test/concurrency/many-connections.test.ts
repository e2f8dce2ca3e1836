/** Ten thousand connections that stay open, on one loop, in a process of its own. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';

const CONNECTIONS = 10_000;
/** Fewer than the least queue of a system that this is run on. */
const AT_ONCE = 100;
const ROUNDS = 2;
/** Twenty thousand requests and the machine of whoever runs this. */
const SLOW_MS = 120_000;

/** Open files that a process may have here, which sockets count among. */
function mostFiles(): number {
  if (process.platform === 'win32') return Number.POSITIVE_INFINITY;
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}

let folder: ReturnType<typeof makeFolder>;
let program: Program;
let port: number;

beforeAll(async () => {
  folder = makeFolder({ 'a.txt': 'one of many' });
  program = new Program([folder.path, '--no-ui', '--port', '0', '--model', 'event-loop']);
  port = Number(await program.find(/:(\d+)\/$/m));
});
afterAll(async () => {
  await program.stop();
  folder.remove();
});

async function answered(client: RawClient): Promise<boolean> {
  await client.send('GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const { status, body, head } = await client.response();
  return status === 200 && body === 'one of many' && !head.includes('Connection: close');
}

/** Does something with each, so many at a time. */
async function each<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(act))));
  }
  return results;
}

it.skipIf(mostFiles() < CONNECTIONS + 500)(
  `answers every request of ${CONNECTIONS} connections that persist`,
  async () => {
    const clients = await each(Array.from({ length: CONNECTIONS }), () => RawClient.open(port));
    for (let round = 0; round < ROUNDS; round++) {
      // The later rounds ask on all connections at once.
      const answers = round === 0 ? await each(clients, answered) : await Promise.all(clients.map(answered));
      expect(answers.filter(Boolean)).toHaveLength(CONNECTIONS);
    }
    for (const client of clients) client.reset();
    expect(program.stderr).toBe('');
  },
  SLOW_MS,
);
