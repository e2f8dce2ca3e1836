import { describe, expect, it } from 'vitest';
import type { DetailResult } from '../../../../renderer/store/queries/detail.ts';
import { phasesOf } from '../../../../renderer/views/detail/phases.ts';

type Times = Pick<DetailResult['row'], 'beginTime' | 'headTime' | 'responseTime' | 'endTime'>;

function detail(times: Times, marks: DetailResult['marks'] = []): DetailResult {
  return { row: times, marks } as unknown as DetailResult;
}
const whole: Times = { beginTime: 100, headTime: 110, responseTime: 150, endTime: 200 };
const mark = (time: number, name: DetailResult['marks'][number]['mark']) => ({
  time,
  mark: name,
  detail: '',
});

describe('phases', () => {
  it('tells the work apart by marks, without gaps, so that lengths add up', () => {
    const phases = phasesOf(detail(whole, [mark(120, 'resolve'), mark(125, 'open'), mark(130, 'decision')]));
    expect(phases.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['Head read', 100, 110],
      ['Find the file', 110, 120],
      ['Open it', 120, 125],
      ['Decide', 125, 130],
      ['Make the head', 130, 150],
      ['Send', 150, 200],
    ]);
  });

  it('joins marks of one kind that follow each other', () => {
    const phases = phasesOf(detail(whole, [mark(120, 'decision'), mark(140, 'decision')]));
    expect(phases[1]).toEqual({ name: 'Decide', kind: 'work', from: 110, to: 140 });
  });

  it('leaves marks after the head of the answer to the sending', () => {
    const phases = phasesOf(detail(whole, [mark(160, 'open')]));
    expect(phases.map(({ name }) => name)).toEqual(['Head read', 'Work', 'Send']);
  });

  it('pairs waits for the socket, and leaves the last one open', () => {
    const marks = [mark(155, 'drain-wait'), mark(160, 'drained'), mark(170, 'drain-wait')];
    const waits = phasesOf(detail(whole, marks)).filter(({ kind }) => kind === 'drain');
    expect(waits.map(({ from, to }) => [from, to])).toEqual([
      [155, 160],
      [170, undefined],
    ]);
  });

  it('has an open end while the head is still read', () => {
    const pending: Times = {
      beginTime: 100,
      headTime: undefined,
      responseTime: undefined,
      endTime: undefined,
    };
    expect(phasesOf(detail(pending))).toEqual([
      { name: 'Head read', kind: 'read', from: 100, to: undefined },
    ]);
  });
});
