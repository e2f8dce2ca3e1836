/** Why a file was sent as it was: over a socket, out of the log, step by step in one order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MarkEvent } from '../../server-core/capture/events.ts';
import { staticFiles } from '../../server-core/files/static.ts';
import { RawClient } from '../net/raw-client.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';
import { untilSettled } from '../support/kept-file.ts';

/** In the order in which they must come; each may be missing where nothing was asked. */
const STEPS: readonly (readonly [step: string, sentence: RegExp])[] = [
  ['decode', /^Target \S+ decodes to \//],
  [
    'traversal',
    /^File .+ inside the root, |^Nothing is named |^Names that begin with a dot |climbs above the root/,
  ],
  ['index', /answers? for it$|^Folder read, |^It is a folder |^No index page in it|by the fallback setting/],
  ['type', /^Type \S+/],
  ['conditional', /^If-(None-Match|Match|Modified-Since|Unmodified-Since) /],
  ['range', /^Range |^If-Range |, so Range is ignored$/],
  ['coding', /Accept-Encoding/],
  ['headers', /^Cache-Control |^Added by the fields setting/],
  ['outcome', /^Nothing stands against /],
];

const FILES = {
  'a.txt': 'Hello, wire.',
  'docs/index.html': '<p>docs',
  'bare/one.txt': '1',
  'about.html': '<p>about',
  'app.js': 'go();'.repeat(400),
  'app.js.br': 'a copy',
  'large.bin': Buffer.alloc(200_000, 7),
};

let folder: ReturnType<typeof makeFolder>;
let served: Served;
beforeAll(async () => {
  folder = makeFolder(FILES);
  const handler = staticFiles(folder.path, { cleanUrls: true, fields: [['X-Site', 'yes']] });
  served = await serve(handler);
  await untilSettled(folder.path, Object.keys(FILES));
});
afterAll(async () => {
  await served.stop();
  folder.remove();
});

interface Traced {
  readonly status: number;
  readonly sentences: readonly string[];
}

async function ask(target: string, fields: readonly string[], method = 'GET'): Promise<Traced> {
  const client = await RawClient.open(served.port);
  const lines = ['Host: localhost', ...fields].map((line) => `${line}\r\n`).join('');
  await client.send(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`);
  const { status } = await client.response({ toHead: method === 'HEAD' });
  const exchange = served.events().findLast(({ kind }) => kind === 'begin') as
    | { exchange: number }
    | undefined;
  client.close();
  const marks = served
    .events()
    .filter((event): event is MarkEvent => event.kind === 'mark' && event.exchange === exchange?.exchange)
    .filter(({ mark }) => mark === 'resolve' || mark === 'open' || mark === 'decision');
  return { status, sentences: marks.map(({ detail }) => detail) };
}

/** The steps that the sentences tell of; those of the file itself, how it was opened, belong to none. */
function stepsOf(sentences: readonly string[]): string[] {
  const steps: string[] = [];
  for (const sentence of sentences) {
    const step = STEPS.find(([, pattern]) => pattern.test(sentence))?.[0];
    if (step === undefined) expect(sentence).toMatch(/^(Read from|Opened|Kept in memory|Known, )/);
    else if (steps.at(-1) !== step) steps.push(step);
  }
  return steps;
}

const ORDER = STEPS.map(([step]) => step);
const FILE = ['decode', 'traversal', 'type', 'coding', 'headers', 'outcome'];

describe('the trace of', () => {
  it.each<[string, string, string[], number, string[], string?]>([
    ['a small file', '/a.txt', [], 200, FILE],
    ['a large file', '/large.bin', [], 200, FILE],
    ['a file asked about by HEAD', '/a.txt', [], 200, FILE, 'HEAD'],
    ['the index of a folder', '/docs/', [], 200, FILE.toSpliced(2, 0, 'index')],
    ['a clean URL', '/about', [], 200, FILE.toSpliced(2, 0, 'index')],
    ['a condition that holds', '/a.txt', ['If-None-Match: "x"'], 200, FILE.toSpliced(3, 0, 'conditional')],
    ['a 304', '/a.txt', ['If-None-Match: *'], 304, ['decode', 'traversal', 'type', 'conditional']],
    ['a 412', '/a.txt', ['If-Match: "x"'], 412, ['decode', 'traversal', 'type', 'conditional']],
    [
      'a part',
      '/a.txt',
      ['Range: bytes=1-2'],
      206,
      ['decode', 'traversal', 'type', 'range', 'coding', 'headers'],
    ],
    [
      'a part of a large file',
      '/large.bin',
      ['Range: bytes=1-2', 'If-Match: *'],
      206,
      ['decode', 'traversal', 'type', 'conditional', 'range', 'coding', 'headers'],
    ],
    [
      'a part that is not there',
      '/a.txt',
      ['Range: bytes=99-'],
      416,
      ['decode', 'traversal', 'type', 'range'],
    ],
    [
      'a copy beside the file',
      '/app.js',
      ['Accept-Encoding: br', 'If-None-Match: "x"'],
      200,
      FILE.toSpliced(3, 0, 'conditional'),
    ],
    [
      'a coding made here, and a range that it has not',
      '/app.js',
      ['Accept-Encoding: gzip, identity;q=0', 'Range: bytes=0-1'],
      200,
      FILE.toSpliced(3, 0, 'range'),
    ],
    [
      'no coding that is accepted',
      '/a.txt',
      ['Accept-Encoding: identity;q=0'],
      406,
      ['decode', 'traversal', 'type', 'coding'],
    ],
    ['a redirect into a folder', '/docs', [], 301, ['decode', 'index']],
    ['a listing', '/bare/', [], 200, ['decode', 'index']],
    ['a file that is not there', '/missing', [], 404, ['decode', 'traversal']],
    ['a hidden file', '/.env', [], 404, ['traversal']],
    ['a climb', '/../a.txt', [], 400, ['traversal']],
  ])(
    '%s tells its steps in order, also when it is kept',
    async (_name, target, fields, status, steps, method) => {
      expect(steps).toEqual(ORDER.filter((step) => steps.includes(step)));
      for (const time of ['first', 'second', 'third']) {
        const traced = await ask(target, fields, method);
        expect(traced.status).toBe(status);
        expect(stepsOf(traced.sentences), `the ${time} time: ${traced.sentences.join(' · ')}`).toEqual(steps);
        for (const sentence of traced.sentences) expect(sentence).toMatch(/^[A-Z][^\n]*[^.\s]$/);
        const outcomes = traced.sentences.flatMap((sentence) => /\bso (\d{3})\b/.exec(sentence)?.[1] ?? []);
        expect(outcomes).toEqual([String(status)]);
      }
    },
  );
});
