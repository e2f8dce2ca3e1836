import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAB_LIMITS } from '../server-core/capture/lab-scenarios.ts';
import { WORKER_LIMITS } from '../server-core/concurrency/worker-limits.ts';
import { MULTIPART_DEFAULTS } from '../server-core/http/body/multipart-limits.ts';
import { DEFAULT_LIMITS } from '../server-core/net/limits.ts';
import { PROXY_DEFAULTS } from '../server-core/net/proxy/proxy-limits.ts';
import { WEB_SOCKET_DEFAULTS } from '../server-core/net/web-socket-limits.ts';
import { HTTP1_DEFAULTS } from '../server-core/wire/limits.ts';

const document = readFileSync(join(import.meta.dirname, '../server-core/notes/limits.md'), 'utf8');

const TABLES = {
  'net/limits.ts': DEFAULT_LIMITS,
  'wire/limits.ts': HTTP1_DEFAULTS,
  'http/body/multipart-limits.ts': MULTIPART_DEFAULTS,
  'net/web-socket-limits.ts': WEB_SOCKET_DEFAULTS,
  'net/proxy/proxy-limits.ts': PROXY_DEFAULTS,
  'concurrency/worker-limits.ts': WORKER_LIMITS,
  'capture/lab-scenarios.ts': LAB_LIMITS,
} as const;

/** How the document writes a figure. */
function written(name: string, value: number): string {
  const grouped = (figure: number) => String(figure).replace(/\B(?=(\d{3})+$)/g, ' ');
  if (name.endsWith('Ms')) return value % 1000 === 0 ? `${grouped(value / 1000)} s` : `${grouped(value)} ms`;
  if (!name.includes('Bytes')) return grouped(value);
  for (const [unit, size] of [
    ['GiB', 1024 ** 3],
    ['MiB', 1024 ** 2],
    ['KiB', 1024],
  ] as const) {
    if (value >= size && value % size === 0) return `${value / size} ${unit}`;
  }
  return `${grouped(value)} B`;
}

describe('the page of limits', () => {
  it.each(Object.entries(TABLES))('says of %s what the code says', (file, limits) => {
    const section = document.split(/^## /m).find((one) => one.includes(`\n${file}\n`)) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
    const expected = Object.entries(limits)
      .filter(([, value]) => typeof value === 'number')
      .map(([name, value]) => `${name}: ${written(name, value as number)}`);
    expect(rows.map(([, name, figure]) => `${name}: ${figure}`).sort()).toEqual(expected.sort());
    for (const [, , , why] of rows) expect(why).toMatch(/[A-Za-z]{3}/);
  });
});
