/**
 * The wall time of a hundred requests one after the other, and of a hundred at once, under each model: by the lab of a
 * running command, as its window has it. Once with a handler that answers at once, once with one that waits 20 ms.
 *
 *   npm run bench -- lab [--rounds 3]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelResults } from '../../renderer/lab/group-result.ts';
import { EMPTY_LAB_LOG, seenOf, withReport } from '../../renderer/lab/lab-log.ts';
import { webSocketTransport } from '../../renderer/link/web-socket.ts';
import { MODEL_NAMES, type ModelName } from '../../server-core/capture/model-names.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import { CLI, lineOf } from './contenders.ts';
import { median } from './load.ts';

const REQUESTS = 100;
const WAITS_MS = [0, 20];

interface Figures {
  readonly model: ModelName;
  readonly waitMs: number;
  readonly inTurnMs: number;
  readonly atOnceMs: number;
  /** Of those at once. */
  readonly unanswered: number;
  readonly peakMiB: number;
  readonly processes: number;
}

export async function benchLab({ rounds }: { rounds: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wirescope-bench-'));
  const args = [CLI, folder, '--port', '0', '--ui-port', '0', '--no-open', '--memory', '64'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const link = linkTo(new URL(await lineOf(child, /^window\s+(\S+)$/m)));
    const all: Figures[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const waitMs of WAITS_MS) all.push(...(await measure(link, waitMs)));
    }
    link.close();
    print(all, rounds);
  } finally {
    child.kill();
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

function linkTo(window: URL): ViewerLink {
  const token = new URLSearchParams(window.hash.slice(1)).get('token') ?? '';
  const transport = webSocketTransport(`ws://${window.host}/feed`, token);
  return new ViewerLink(transport, {
    onHello() {},
    onBatch() {},
    onClose() {},
  });
}

async function measure(link: ViewerLink, waitMs: number): Promise<readonly Figures[]> {
  const parameters = { requests: REQUESTS, waitMs };
  const plan = { scenario: 'in-turn-at-once', parameters, models: MODEL_NAMES } as const;
  await link.call({ op: 'lab', act: 'run', plan });
  let log = EMPTY_LAB_LOG;
  for (let isOver = false; !isOver; ) {
    const report = await link.call({ op: 'lab', act: 'watch', ...seenOf(log) });
    log = withReport(log, report);
    isOver = !report.running && report.records.length === 0;
  }
  return modelResults(log).map(({ run, groups: [inTurn, atOnce] }) => ({
    ...{ model: run.model, waitMs },
    inTurnMs: inTurn!.wallMicros / 1000,
    atOnceMs: atOnce!.wallMicros / 1000,
    unanswered: REQUESTS - atOnce!.answered,
    peakMiB: run.peak.rssBytes / 1024 / 1024,
    processes: run.peak.processes,
  }));
}

function print(all: readonly Figures[], rounds: number): void {
  console.log(`\nThe lab: ${REQUESTS} requests, median of ${rounds} rounds, capture on\n`);
  const heads = WAITS_MS.map((ms) => (ms === 0 ? 'answers at once' : `waits ${ms} ms`).padStart(24));
  console.log(`             ${heads.join('')}`);
  const columns = WAITS_MS.map(() => `${'in turn'.padStart(12)}${'together'.padStart(12)}`).join('');
  console.log(`model        ${columns}      memory   processes`);
  for (const model of MODEL_NAMES) {
    const of = (waitMs: number | undefined, read: (one: Figures) => number) =>
      median(all.filter((one) => one.model === model && (waitMs ?? one.waitMs) === one.waitMs).map(read));
    const times = WAITS_MS.map(
      (ms) =>
        `${of(ms, (one) => one.inTurnMs).toFixed(0)} ms`.padStart(12) +
        `${of(ms, (one) => one.atOnceMs).toFixed(0)} ms`.padStart(12),
    );
    const memory = `${of(undefined, (one) => one.peakMiB).toFixed(0)} MiB`.padStart(12);
    const processes = of(undefined, (one) => one.processes)
      .toFixed(0)
      .padStart(12);
    console.log(`${model.padEnd(13)}${times.join('')}${memory}${processes}`);
    const unanswered = of(undefined, (one) => one.unanswered);
    if (unanswered > 0)
      console.log(`             ${unanswered} of those together were not answered with 200`);
  }
}
