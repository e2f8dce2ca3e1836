import assert from 'node:assert/strict';
import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { encodePath, mapPath, type PathMapping } from '../../server-core/files/path-mapping.ts';
import { isAuthority } from '../../server-core/wire/http1/host.ts';
import { parseTarget } from '../../server-core/wire/http1/target.ts';
import { fuzz } from './fuzz.ts';

const NAMES = [
  'a',
  'b.c',
  '.',
  '..',
  '...',
  '.env',
  '.well-known',
  '%2e',
  '%2E%2e',
  '.%2e',
  '%252e',
  '%25',
  '%',
  '%z',
  '%2',
];
const HOSTILE = [
  '%2f',
  '%5c',
  '\\',
  '%00',
  '%0d%0a',
  '\xc3\xa9',
  '%C3%A9',
  '%c0%ae',
  '\xff',
  '%ed%a0%80',
  'C:',
  '~',
  '%20',
  ';',
  '&',
];
const name = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NAMES) }, fc.constantFrom(...HOSTILE)), {
    maxLength: 3,
  })
  .map((parts) => parts.join(''));
const path = fc.array(name, { maxLength: 6 }).map((names) => `/${names.join('/')}`);
const options = fc.record({ dotfiles: fc.boolean(), windows: fc.boolean() });

const ROOT = resolve(sep, 'srv', 'site');

fuzz('paths stay below the root', [path, options, fc.boolean()], (text, given, absolute) => {
  const target = parseTarget('GET', absolute ? `http://a${text}?q` : `${text}?q`);
  assert(target?.form === (absolute ? 'absolute' : 'origin'));
  assert.equal(target.path, text);
  const mapping = mapPath(text, given);
  if (mapping.kind === 'refused') {
    assert(mapping.status === 400 || mapping.status === 404);
    return;
  }
  for (const segment of mapping.segments) {
    assert(segment !== '' && segment !== '.' && segment !== '..');
    assert(!/[/\\\0]/.test(segment));
    assert(given.dotfiles || !segment.startsWith('.') || segment === '.well-known');
  }
  const file = resolve(ROOT, ...mapping.segments);
  assert(file === ROOT || file.startsWith(ROOT + sep));
  // What is sent in a redirect leads to the same file, and nowhere else when it is mapped once more.
  const sent = encodePath(mapping.segments, mapping.folder);
  assert(/^\/(?:[^/]|$)[\x21-\x7e]*$/.test(sent));
  const again = mapPath(sent, given);
  assert.deepEqual(again, { ...mapping, folder: mapping.folder || mapping.segments.length === 0 });
});

fuzz('paths mean what URLs mean', [path], (text) => {
  const ours = mapPath(text, { dotfiles: true, windows: false });
  const theirs = urlSegments(text);
  if (ours.kind === 'mapped' && theirs !== undefined) assert.deepEqual(ours.segments, theirs);
  if (theirs === undefined) return;
  // A path that a browser can send and that names something is not refused, but for climbs and what no name holds.
  const odd = theirs.some((segment) => /[/\\\0]/.test(segment)) || climbs(text);
  assert(ours.kind === 'mapped' || odd || isBroken(ours), text);
});

/** Undefined where the URL Standard means something else: backslashes, and empty segments, which we skip. */
function urlSegments(text: string): string[] | undefined {
  const utf8 = Buffer.from(text, 'latin1');
  if (/\\|\/\//.test(text) || !isUtf8(utf8)) return undefined;
  try {
    return new URL(utf8.toString(), 'http://a').pathname
      .split('/')
      .map(decodeURIComponent)
      .filter((segment) => segment !== '');
  } catch {
    // A percent sign that escapes nothing, or escapes no UTF-8.
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function climbs(text: string): boolean {
  let depth = 0;
  for (const part of text.replace(/%2e/gi, '.').split('/').slice(1)) {
    if (part === '..' && --depth < 0) return true;
    if (part !== '..' && part !== '.') depth++;
  }
  return false;
}

/** Refused before its dots were resolved: something that goes away again was no name. */
function isBroken({ because }: PathMapping & { kind: 'refused' }): boolean {
  return /percent sign|UTF-8|zero byte|slash/.test(because);
}

const group = fc.oneof(
  { weight: 6, arbitrary: fc.nat(0xffff).map((n) => n.toString(16)) },
  fc.constantFrom(
    '',
    '0',
    '00ff',
    'FFFF',
    '12345',
    'g',
    '127.0.0.1',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.',
  ),
);
const address = fc
  .tuple(fc.array(group, { maxLength: 9 }), fc.option(fc.nat(8), { nil: undefined }))
  .map(([groups, gap]) => (gap === undefined ? groups : groups.toSpliced(gap, 0, '')).join(':'));

fuzz('IPv6 hosts are those of URLs', [address, fc.constantFrom('', ':', ':80', ':65535')], (text, port) => {
  const authority = Buffer.from(`[${text}]${port}`);
  const ours = isAuthority(authority, 0, authority.length);
  assert.equal(ours, URL.canParse(`http://[${text}]${port}/`), text);
});
