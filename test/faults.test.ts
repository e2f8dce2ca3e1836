import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAULTS, type FaultCode, type FaultInfo, faultInfo } from '../server-core/wire/faults.ts';
import { loadCases } from './wire/markdown-cases.ts';

const codes = Object.keys(FAULTS) as FaultCode[];
const documentation = readFileSync(join(import.meta.dirname, '../server-core/notes/faults.md'), 'utf8');

/** The row of the document for a fault; what to write there when a test below fails. */
function faultRow(code: FaultCode): string {
  const { sentence, section, status }: FaultInfo = faultInfo(code);
  return `| \`${code}\` | ${sentence} | ${section} | ${status ?? '–'} |`;
}

describe('the fault table', () => {
  it('is the one that is documented, row by row and in the same order', () => {
    const rows = documentation.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toEqual(codes.map(faultRow));
  });

  it.each(codes)('%s has a sentence, a clause and a status that fit', (code) => {
    const { sentence, section, status }: FaultInfo = faultInfo(code);
    expect(sentence).toMatch(/^[A-Z].*[^.]$/);
    expect(sentence).not.toContain('|');
    expect(section).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
    if (status !== undefined) expect([400, 414, 426, 431, 405, 501, 505]).toContain(status);
  });
});

describe('each fault of HTTP/1', () => {
  const provoked = new Set<string>();
  for (const { events } of loadCases(join(import.meta.dirname, 'wire/http1'))) {
    for (const event of events) {
      const [kind, code] = event.split(' ');
      if (kind === 'fault') provoked.add(code!);
    }
  }

  it.each(codes.filter((code) => !code.startsWith('ws-')))('%s is provoked by a fixture', (code) => {
    expect(provoked).toContain(code);
  });
});
