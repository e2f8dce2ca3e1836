import { describe, expect, it } from 'vitest';
import { isLab, type Lab, labOf, readLab, sentBy } from '../../../renderer/learn/lab-file.ts';

const TASK = { id: 'get', task: 'Get it', hint: 'Ask.', when: { see: 'status:200' } };
const LAB = {
  wirescopeLab: 1,
  id: 'mine',
  title: 'Mine',
  topic: 'Ours',
  goal: 'See.',
  tasks: [TASK],
  explanation: ['So.'],
  rfc: ['RFC 9110 §1'],
};

const text = (change: object) => JSON.stringify({ ...LAB, ...change }, null, 2);
const when = (condition: object) => text({ tasks: [{ ...TASK, when: condition }] });
const task = (change: object) => text({ tasks: [{ ...TASK, ...change }] });

describe('a lab file', () => {
  it('is read, with what may be left out', () => {
    expect(readLab(text({}))).toEqual({
      ...LAB,
      questions: [],
      tasks: [{ ...TASK, when: { see: ['status:200'], within: undefined } }],
    });
  });

  it('has a filter repeated, or several in order', () => {
    const see = (condition: object) => (readLab(when(condition)) as Lab).tasks[0]!.when.see;
    expect(see({ see: '', times: 3 })).toEqual(['', '', '']);
    expect(see({ see: ['status:200', 'status:304'] })).toEqual(['status:200', 'status:304']);
  });

  it.each([
    ['{"wirescopeLab": 1,', 1, 20, 'This is no JSON from here on'],
    ['{\n  "id": oops\n}', 2, 9, 'This is no JSON from here on'],
    [text({ wirescopeLab: 2 }), 2, 19, 'wirescopeLab must be 1, the version of this format'],
    [text({ id: 'My Lab' }), 3, 9, 'id must be small letters, digits and single hyphens'],
    [text({ titel: 'Mine' }), 23, 12, 'titel is not known here'],
    [text({ title: undefined }), 1, 1, 'title is missing'],
    [text({ tasks: [] }), 7, 12, 'tasks needs at least 1'],
    [text({ tasks: [TASK, TASK] }), 1, 1, 'The lab has two tasks called get'],
    [
      when({ see: 'statsu:200' }),
      13,
      16,
      'tasks 1, when, see is no filter: `statsu` is no field; did you mean `status`?',
    ],
    [when({ see: ['', 'size>much'] }), 13, 16, /^tasks 1, when, see is no filter: /],
    [when({ see: 7 }), 13, 16, 'tasks 1, when, see must be a filter, or a list of filters'],
    [when({ see: '', times: 1 }), 14, 18, 'tasks 1, when, times must be at least 2'],
    [when({ see: [''], times: 2 }), 12, 15, /^tasks 1, when has `times` beside a list/],
    [
      when({ see: '', same: 'colour' }),
      14,
      17,
      'tasks 1, when, same must be one of connection, target, client, worker, server',
    ],
    [when({ see: '', model: 'fork' }), 14, 18, /^tasks 1, when, model must be one of event-loop, /],
    [
      task({ open: 'http://elsewhere.example/' }),
      15,
      15,
      'tasks 1, open must be a path that begins with one slash',
    ],
    [
      task({ open: '//elsewhere.example/' }),
      15,
      15,
      'tasks 1, open must be a path that begins with one slash',
    ],
    [task({ send: { specimen: 'none' } }), 15, 15, /^tasks 1, send must have either/],
    ['7', 1, 1, 'The lab must be an object'],
  ])('%#: what is wrong is said with its place', (file, line, column, sentence) => {
    const read = readLab(file);
    expect(isLab(read)).toBe(false);
    expect(read).toMatchObject({ line, column });
    const [, place, said] = /^(Line \d+, column \d+): (.*)$/.exec((read as { sentence: string }).sentence)!;
    expect(place).toBe(`Line ${line}, column ${column}`);
    if (typeof sentence === 'string') expect(said).toBe(sentence);
    else expect(said).toMatch(sentence);
  });

  it('that is one of the program’s own is thrown at when it is wrong', () => {
    expect(() => labOf({ ...LAB, tasks: [] })).toThrow('needs at least 1');
  });
});

describe('what a task sends', () => {
  it('is its lines with CRLF between them', () => {
    expect(sentBy({ lines: ['GET / HTTP/1.1', 'Host: {host}', '', ''] })).toEqual({
      text: 'GET / HTTP/1.1\\r\\n\nHost: {host}\\r\\n\n\\r\\n\n',
    });
  });

  it('is cut as it says', () => {
    expect(sentBy({ lines: ['a'], everyBytes: 8, pauseMs: 20 }).cut).toEqual({ every: 8, pauseMs: 20 });
  });

  it('is a request of the gallery', () => {
    expect(sentBy({ specimen: 'slowloris' })).toMatchObject({ cut: { every: 1 } });
  });
});
