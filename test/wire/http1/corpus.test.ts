/**
 * Cases of other projects' test suites, where a folder with them is given: WIRESCOPE_CORPUS=folder. Each file is
 * an array of `{ id, kind | type, expected, bytes_b64 }`. The score of each file is printed. A case that we decide
 * in another way must be excused by one of the two lists below, with the reason.
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
  readonly expected?: string;
  readonly pass?: readonly string[];
  readonly warn?: readonly string[];
  readonly bytes_b64: string;
}

/** Accepted there and refused here, by the fault: where those parsers are lax, or read more than HTTP/1. */
const STRICTER: Readonly<Record<string, string>> = {
  'bare-lf': 'RFC 9112 §2.2 lets a recipient take it; see allowBareLf',
  'obs-fold': 'RFC 9112 §5.2 wants it refused or replaced',
  'target-invalid': 'bytes that must be percent-encoded, two spaces, and fragments',
  'target-form-invalid': 'targets without a form of RFC 9112 §3.2',
  'version-missing': 'HTTP/0.9',
  'version-unsupported': 'HTTP/0.9',
  'version-invalid': 'RTSP and ICE',
  'status-invalid': 'more than one space before the status',
  'chunk-extension-invalid': 'extensions that are not as RFC 9112 §7.1.1 writes them',
  'chunk-size-too-large': 'sizes of 2^53 and more',
};

/** Decided otherwise, case by case. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'test/request/method.md:100': 'a tunnel follows the CONNECT; whoever knows the answer stops there',
  'test/request/invalid.md:70': 'any token is a method; the server answers 501',
  'test/request/invalid.md:360': 'any token is a method; the server answers 501',
  'http-garden/31': 'Content-Length: 010 is ten, by its grammar',
  'http-garden/40': 'bytes above 7F belong to a value, and are kept',
  'http-garden/47': 'two good requests, of which the second has content to come',
  'http-garden/48': 'a good request',
  'http-garden/74': 'a good request',
};

const CHUNKED_HEAD = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';
/** What is put before a part of a message to make one. */
const HEADS: Readonly<Record<string, string>> = {
  headers: 'GET / HTTP/1.1\r\n',
  'chunked-body': CHUNKED_HEAD,
  'chunk-size': CHUNKED_HEAD,
};
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['request', 'request'],
  ['response', 'response'],
  ['headers', 'request'],
  ['chunked-body', 'request'],
  ['chunk-size', 'request'],
]);

interface Miss {
  readonly id: string;
  readonly wants: string;
  /** '' where the case was accepted. */
  readonly fault: string;
}

type Outcome = 'ok' | 'error' | 'incomplete';

function load(file: string): Case[] {
  return folder ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : [];
}

function outcome(
  role: Role,
  bytes: Uint8Array,
  options: Partial<Http1Options>,
): { outcome: Outcome; fault: string } {
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
  if (last.startsWith('fault')) return { outcome: 'error', fault: last.split(' ')[1]! };
  const complete = ['idle', 'after-close', 'switched', 'content-until-close'].includes(run.state);
  const headed = lines.some((line) => line.startsWith('head'));
  return { outcome: complete && headed ? 'ok' : 'incomplete', fault: '' };
}

describe.skipIf(!folder || !existsSync(folder))(
  'cases of other test suites (WIRESCOPE_CORPUS names their folder)',
  () => {
    const report = (file: string, total: number, misses: readonly Miss[]) => {
      const text = misses
        .map(
          ({ id, wants, fault }) => `
  ${id} wants ${wants}, gets ${fault || 'ok'}`,
        )
        .join('');
      console.log(`${file}: ${total - misses.length}/${total}${text}`);
      expect(misses.filter(({ id, fault }) => !OTHERWISE[id] && !STRICTER[fault])).toEqual([]);
    };

    it('are there', () => expect(load('llhttp.json').length).toBeGreaterThan(0));

    it.each(['llhttp.json', 'picohttpparser.json', 'httparse.json', 'node-smuggling.json'])('%s', (file) => {
      const misses: Miss[] = [];
      let total = 0;
      for (const row of load(file)) {
        const kind = row.kind ?? row.type ?? 'request';
        // Other kinds are parts of messages, or for leniencies of that project's own.
        if (!ROLES.has(kind)) continue;
        total++;
        const bytes = Buffer.concat([Buffer.from(HEADS[kind] ?? ''), Buffer.from(row.bytes_b64, 'base64')]);
        const options = { allowAnyHost: file !== 'node-smuggling.json' };
        const result = outcome(ROLES.get(kind)!, new Uint8Array(bytes), options);
        // Both count a case as good that only lacks bytes at its end.
        const open =
          row.expected === 'ok' && result.outcome === 'incomplete' && (file === 'llhttp.json' || HEADS[kind]);
        if (result.outcome !== row.expected && !open) {
          misses.push({ id: row.id, wants: row.expected ?? '', fault: result.fault });
        }
      }
      report(file, total, misses);
    });

    it('http-garden-trophies.json', () => {
      const misses: Miss[] = [];
      const rows = load('http-garden-trophies.json');
      for (const row of rows) {
        const result = outcome('request', new Uint8Array(Buffer.from(row.bytes_b64, 'base64')), {});
        if (result.outcome !== 'error') misses.push({ id: row.id, wants: 'error', fault: '' });
      }
      report('http-garden-trophies.json', rows.length, misses);
    });

    it('http11probe.json', () => {
      const misses: Miss[] = [];
      const rows = load('http11probe.json');
      for (const row of rows) {
        const text = Buffer.from(row.bytes_b64, 'base64')
          .toString('latin1')
          .replaceAll('@HOSTHDR@', 'localhost:8080');
        const result = outcome('request', new Uint8Array(Buffer.from(text, 'latin1')), {});
        const pass = row.pass ?? [];
        // What may also be answered is for a server to answer; the parser must refuse the rest.
        const mayAnswer = [...pass, ...(row.warn ?? [])].some((answer) =>
          /^[123]|^405|^501|^417/.test(answer),
        );
        const mustRefuse = pass.length > 0 && !mayAnswer;
        const mustTake = pass.length > 0 && pass.every((answer) => /^2\d\d/.test(answer));
        const wrong = (mustRefuse && result.outcome === 'ok') || (mustTake && result.outcome !== 'ok');
        if (wrong) misses.push({ id: row.id, wants: row.expected ?? '', fault: result.fault });
      }
      report('http11probe.json', rows.length, misses);
    });
  },
);
