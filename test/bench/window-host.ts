/**
 * The host of the window's benchmark: a real engine whose log is filled with so many exchanges, behind the real
 * server of the window. Prints the window's address, then takes the number of exchanges a second to go on writing
 * with from its standard input, a line each.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UiServer } from '../../server-core/host/ui-server.ts';
import { Engine } from '../../server-core/index.ts';
import { exchangeWriter } from './store-traffic.ts';

const TOP = join(import.meta.dirname, '..', '..');
const STEP_MS = 10;

const engine = new Engine({
  host: 'browser',
  tour: join(TOP, 'www'),
  openUrl: () => {},
  memoryBudgetBytes: 4 * 2 ** 30,
});
await engine.serve(join(TOP, 'www'), { port: 0 });
const write = exchangeWriter(engine.log);
for (let i = Number(process.argv[2] ?? 100_000); i > 0; i--) write();

const token = randomBytes(16).toString('hex');
const ui = new UiServer({
  renderer: join(TOP, 'out', 'renderer'),
  token,
  attach: (transport) => engine.attach(transport),
  download: (path) => engine.download(path),
  metrics: () => engine.metrics(),
});
console.log(`window http://127.0.0.1:${await ui.listen(0)}/#token=${token}`);

let perSecond = 0;
let due = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  due += ((now - last) / 1000) * perSecond;
  last = now;
  for (; due >= 1; due--) write();
}, STEP_MS);
createInterface({ input: process.stdin }).on('line', (line) => {
  perSecond = Number(line);
  due = 0;
});
process.stdin.once('end', () => process.exit(0));
