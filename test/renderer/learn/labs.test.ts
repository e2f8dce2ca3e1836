import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEscapes } from '../../../renderer/learn/escapes.ts';
import { isLab, readLab, sentBy } from '../../../renderer/learn/lab-file.ts';
import { builtInLabs } from '../../../renderer/learn/labs.ts';

const TOP = join(import.meta.dirname, '../../..');
const FOLDER = join(TOP, 'renderer/learn/labs');
const LABS = builtInLabs();
const TASKS = LABS.flatMap((lab) => lab.tasks.map((task) => ({ name: `${lab.id}/${task.id}`, task })));

/** What the course has to cover, and where it does. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  'what a server does': ['server'],
  'request and response anatomy by hand': ['by-hand', 'media-types'],
  'status codes': ['status'],
  'headers and framing': ['lines', 'too-large'],
  'why Content-Length': ['content-length'],
  'fragmented reads': ['pieces'],
  'HTTP/1.0 and 1.1': ['versions'],
  'keep-alive': ['keep-alive'],
  'pipelining and head-of-line blocking': ['pipelining'],
  chunked: ['chunked'],
  'conditional requests and caching': ['conditional', 'caching'],
  'ranges and media': ['ranges', 'media'],
  'compression and negotiation': ['compression', 'negotiation'],
  cookies: ['cookies'],
  redirects: ['redirects'],
  'forms and uploads': ['forms'],
  'CORS preflight': ['cors'],
  'basic authentication': ['basic'],
  'virtual hosts': ['hosts'],
  'the six connections of a browser': ['six'],
  'the five concurrency models': ['models'],
  'slowloris and deadlines': ['slowloris'],
  'back-pressure': ['back-pressure'],
  'path traversal': ['traversal'],
  'request smuggling': ['smuggling'],
  'events and WebSocket': ['events', 'websocket'],
  'TLS around HTTP': ['tls'],
};

describe('the course', () => {
  it('has every file of the folder once, under its own name', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));
    expect(LABS.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it('covers every topic, and nothing outside of them', () => {
    expect(Object.values(TOPICS).flat().sort()).toEqual(LABS.map(({ id }) => id).sort());
  });

  it.each(LABS)('$id is read from its text as a teacher’s file is', (lab) => {
    const text = readFileSync(join(FOLDER, `${lab.id}.json`), 'utf8');
    expect(readLab(text)).toEqual(lab);
  });

  it('keeps labs of a topic together', () => {
    const topics = LABS.map(({ topic }) => topic).filter((topic, n, all) => topic !== all[n - 1]);
    expect(new Set(topics).size).toBe(topics.length);
  });
});

describe('tasks', () => {
  it.each(TASKS)('$name says how it can be done', ({ task }) => {
    // Two are done in the window itself: their hints say where.
    expect(task.open ?? task.send ?? task.command).toBeDefined();
  });

  it.each(TASKS.filter(({ task }) => task.open))('$name opens a page that there is', ({ task }) => {
    const page = task.open === '/' ? '/index.html' : task.open!;
    expect(existsSync(join(TOP, 'www', page))).toBe(true);
  });

  it.each(TASKS.filter(({ task }) => task.send))('$name sends bytes that can be written', ({ task }) => {
    const { bytes, problem } = parseEscapes(sentBy(task.send!).text);
    expect(problem).toBeUndefined();
    expect(bytes.length).toBeGreaterThan(0);
  });
});

it('the example in the notes is a lab', () => {
  const read = readLab(readFileSync(join(TOP, 'server-core/notes/lab-example.json'), 'utf8'));
  expect(isLab(read)).toBe(true);
  expect(LABS.map(({ id }) => id)).not.toContain((read as { id: string }).id);
});
