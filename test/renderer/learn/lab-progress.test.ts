import { describe, expect, it } from 'vitest';
import { doneOf, parseProgress, proofText } from '../../../renderer/learn/lab-progress.ts';

const by = [{ exchange: 7, conn: 2, method: 'GET', target: '/<a>', status: 304 }];
const begun = {
  at: 1e12,
  epochMs: 0,
  after: 0,
  answers: {},
  done: { tag: { at: 1e12 + 5000, epochMs: 0, by } },
};

describe('progress', () => {
  it('is read back', () =>
    expect(parseProgress(JSON.stringify({ conditional: begun }))).toEqual({ conditional: begun }));

  it.each([null, '', '[]', '{"a": 1}', '{"a": {"at": "now"}}', 'null'])(
    'is none where the text is %j',
    (text) => {
      expect(parseProgress(text)).toEqual({});
    },
  );

  it('names an exchange by what is known of it', () => {
    expect(proofText(by[0]!)).toBe('GET /<a> 304');
    expect(proofText({ exchange: 1, conn: 1, method: '', target: '', fault: 'bare-lf' })).toBe('bare-lf');
    expect(proofText({ exchange: 1, conn: 1, method: '', target: '' })).toBe('a request on its way');
  });

  it('counts the tasks that there still are', () => {
    expect(doneOf({ tasks: [{ id: 'tag' }, { id: 'other' }] }, begun)).toBe(1);
    expect(doneOf({ tasks: [{ id: 'other' }] }, begun)).toBe(0);
    expect(doneOf({ tasks: [{ id: 'tag' }] }, undefined)).toBe(0);
  });
});
