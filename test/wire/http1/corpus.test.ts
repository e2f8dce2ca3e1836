/**
 * Cases of other projects' test suites, where a folder with them is given: WIRESCOPE_CORPUS=folder. Each file is
 * an array of `{ id, kind | type, expected, bytes_b64 }`. The score of each file is printed; what is asserted is
 * only what no reading of the standard can excuse, in the lists below.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../server-core/wire/http1/events.ts';
import type { Http1Options } from '../../../server-core/wire/limits.ts';
import { cutAt, drive, whole } from './drive.ts';

const folder = process.env.WIRESCOPE_CORPUS;

interface Case {
  readonly id: string;
  readonly kind?: string;
  readonly type?: string;
  readonly name?: string;
  readonly bug?: string;
  readonly expected?: string;
  readonly pass?: readonly string[];
  readonly bytes_b64: string;
}

type Outcome = 'ok' | 'error' | 'incomplete';

function load(file: string): Case[] {
  return folder ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : [];
}

function outcome(
  role: Role,
  bytes: Uint8Array,
  options: Partial<Http1Options>,
): { outcome: Outcome; last: string } {
  const subject = { role, options, answers: [], bytes };
  const run = drive(subject, whole(bytes), false);
  const bytewise = drive(
    subject,
    cutAt(
      bytes,
      Array.from({ length: Math.max(0, bytes.length - 1) }, (_, i) => i + 1),
    ),
    false,
  );
  expect(bytewise.lines).toEqual(run.lines);
  const lines = run.transcript.lines;
  const last = lines.at(-1) ?? '';
  if (last.startsWith('fault')) return { outcome: 'error', last };
  const whole_ = ['idle', 'after-close', 'switched', 'content-until-close'].includes(run.state);
  return { outcome: whole_ && lines.some((line) => line.startsWith('head')) ? 'ok' : 'incomplete', last };
}

describe.skipIf(!folder || !existsSync(folder))(
  'cases of other test suites (WIRESCOPE_CORPUS names their folder)',
  () => {
    const report = (file: string, good: number, total: number, misses: readonly string[]) =>
      console.log(`${file}: ${good}/${total}${misses.map((miss) => `\n  ${miss}`).join('')}`);

    it('are there', () => expect(load('llhttp.json').length).toBeGreaterThan(0));

    it.each(['llhttp.json', 'picohttpparser.json', 'httparse.json', 'node-smuggling.json'])('%s', (file) => {
      const misses: string[] = [];
      let total = 0;
      for (const row of load(file)) {
        const role = (row.kind ?? row.type ?? 'request') as Role;
        // Kinds with a suffix are for leniencies of that project's own; others are parts of messages.
        if (role !== 'request' && role !== 'response') continue;
        total++;
        const bytes = new Uint8Array(Buffer.from(row.bytes_b64, 'base64'));
        const result = outcome(role, bytes, { allowAnyHost: file !== 'node-smuggling.json' });
        const open = file === 'llhttp.json' && row.expected === 'ok' && result.outcome === 'incomplete';
        if (result.outcome !== row.expected && !open) {
          misses.push(
            `${row.id} ${row.name ?? ''} wants ${row.expected}, gets ${result.outcome} (${result.last})`,
          );
        }
      }
      report(file, total - misses.length, total, misses);
    });

    it('http-garden-trophies.json', () => {
      const misses: string[] = [];
      const rows = load('http-garden-trophies.json');
      for (const row of rows) {
        const result = outcome('request', new Uint8Array(Buffer.from(row.bytes_b64, 'base64')), {});
        if (result.outcome !== 'error') misses.push(`${row.id} passes: ${row.bug}`);
      }
      report('http-garden-trophies.json', rows.length - misses.length, rows.length, misses);
    });

    it('http11probe.json', () => {
      const misses: string[] = [];
      const rows = load('http11probe.json');
      for (const row of rows) {
        const text = Buffer.from(row.bytes_b64, 'base64')
          .toString('latin1')
          .replaceAll('@HOSTHDR@', 'localhost:8080');
        const result = outcome('request', new Uint8Array(Buffer.from(text, 'latin1')), {});
        const pass = row.pass ?? [];
        const mustRefuse =
          pass.length > 0 && pass.every((answer) => /^[45]\d\d$|^close$|^silent$/.test(answer));
        const mustTake = pass.length > 0 && pass.every((answer) => /^2\d\d/.test(answer));
        if (mustRefuse && result.outcome === 'ok') misses.push(`${row.id} passes (${row.expected})`);
        if (mustTake && result.outcome !== 'ok') misses.push(`${row.id} is refused: ${result.last}`);
      }
      report('http11probe.json', rows.length - misses.length, rows.length, misses);
    });
  },
);
