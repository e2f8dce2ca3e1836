import { describe, expect, it } from 'vitest';
import { figuresCsv, requestsCsv } from '../../../renderer/lab/csv.ts';
import type { ModelResult } from '../../../renderer/lab/group-result.ts';
import { labPicture, type PictureInk } from '../../../renderer/lab/picture.ts';
import { modelResult, record } from './records.ts';

const RESULTS = [
  modelResult('event-loop', [record(0, 20), record(0, 30), record(1, 2, { status: 503 })]),
  modelResult('process', [record(0, 50, { born: 10_000, served: 40_000, by: 'process 9, "of its own"' })]),
];
const LINE = { stroke: '#fff', dash: 'none' };
const INK: PictureInk = {
  ...{ ground: '#000', well: '#111', line: '#222', ink: '#fff', dim: '#999' },
  ...{ waited: '#333', started: '#444', served: '#55f', failed: '#f55' },
  lineOf: () => LINE,
};

/** As RFC 4180 has it. */
function parse(csv: string): string[][] {
  expect(csv.endsWith('\r\n')).toBe(true);
  return csv
    .slice(0, -2)
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
      ),
    );
}

describe('a table of figures', () => {
  it('has a line for each group under each model, all as long as its head', () => {
    const [head, ...lines] = parse(figuresCsv(RESULTS));
    expect(lines.map(([model, group]) => [model, group])).toEqual([
      ['event-loop', 'In turn'],
      ['event-loop', 'Others'],
      ['process', 'In turn'],
      ['process', 'Others'],
    ]);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([head!.length]));
    const first = Object.fromEntries(head!.map((name, n) => [name, lines[0]![n]]));
    expect(first).toMatchObject({ requests: '3', answered: '2', others: '503 × 1', wall_ms: '30.000' });
    expect(first).toMatchObject({ peak_memory_bytes: '143000000', processes: '1', slowest_ms: '30.000' });
  });
});

describe('a table of requests', () => {
  it('has a line for each, quoted where it must be', () => {
    const [head, ...lines] = parse(requestsCsv(RESULTS));
    expect(lines.length).toBe(4);
    const last = Object.fromEntries(head!.map((name, n) => [name, lines[3]![n]]));
    expect(last).toMatchObject({
      ...{ model: 'process', request: '1', process_started_ms: '10.000', served_ms: '40.000' },
      ...{ outcome: '200', served_by: 'process 9, "of its own"' },
    });
  });
});

describe('a picture', () => {
  const plan = {
    scenario: 'in-turn-at-once',
    parameters: { requests: 3, waitMs: 20 },
    models: ['event-loop', 'process'],
  } as const;

  it('is one drawing with all models, their lanes and figures', () => {
    const svg = labPicture(plan, RESULTS, 0, INK);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="1280" height="\d+"/);
    for (const words of [
      'event-loop',
      'process',
      'Requests: 3',
      '30.0 ms',
      '503 × 1',
      'Completed over time',
    ]) {
      expect(svg).toContain(words);
    }
    // Every element is closed, and nothing is left that is no number.
    const opened = [...svg.matchAll(/<(\w+)[^>]*?(\/?)>/g)].filter(([, , closed]) => closed === '').length;
    expect(svg.match(/<\/\w+>/g)?.length).toBe(opened);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('says what its colours mean, and what broke off', () => {
    const [first, second] = RESULTS as [ModelResult, ModelResult];
    const svg = labPicture(plan, RESULTS, 0, INK);
    for (const words of ['waited', 'its process was started', 'served', 'not answered']) {
      expect(svg).toContain(`>${words}<`);
    }
    expect(svg).not.toContain('Stopped');
    const stopped = { ...second, run: { ...second.run, problem: 'Stopped before its end' } };
    expect(labPicture(plan, [first, stopped], 0, INK)).toContain('>Stopped before its end<');
  });

  it('is one before anything was answered', () => {
    expect(labPicture(plan, [modelResult('threads', [])], 1, INK)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
