import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readByUs } from '../differential/ours.ts';
import { RawClient } from '../net/raw-client.ts';
import { escapeRuns, unescapeBytes } from '../wire/escapes.ts';
import { type Document, loadDocuments, updateDocuments } from './documents.ts';
import { type GoldenSite, goldenSite } from './sites.ts';

const updating = process.env.UPDATE_GOLDEN === '1';
const documents = loadDocuments();
const outcomes = new Map<string, { parsed: string; response: string }>();
const sites = new Map<string, Promise<GoldenSite>>();

afterAll(async () => {
  for (const site of sites.values()) await (await site).stop();
  if (updating) updateDocuments(outcomes);
});

describe.each([...Map.groupBy(documents, ({ file }) => file)])('%s', (_file, group) => {
  it.each(group.map((document) => [document.name, document] as const))('%s', async (_name, document) => {
    if (!sites.has(document.site)) sites.set(document.site, goldenSite(document.site));
    const site = await sites.get(document.site)!;
    const bytes = requestBytes(document, site);
    const parsed = parsedText(bytes, site);
    const response = responseText(await answers(bytes, site), site);
    outcomes.set(`${document.file} ${document.name}`, { parsed, response });
    if (updating) return;
    expect(parsed).toBe(document.parsed);
    expect(response).toBe(document.response);
  });
});

it('there are forty documents and more, each under a name of its own', () => {
  const names = documents.map(({ file, name }) => `${file} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});

function requestBytes({ request }: Document, site: GoldenSite): Uint8Array {
  const text = request
    .replaceAll('\n', '')
    .replace(/\{etag ([^}]+)\}/g, (_, name: string) => site.etag(name));
  return unescapeBytes(text);
}

/** Everything that the server sends, until it has answered all and the client closes. */
async function answers(bytes: Uint8Array, { served }: GoldenSite): Promise<string> {
  const ended = () => served.events().filter(({ kind }) => kind === 'response-end').length;
  const { messages, ending } = readByUs(bytes);
  // Bytes behind the last request of a connection are not answered.
  const refused = ending !== 'ends' && ending !== 'unexpected-bytes';
  const due = ended() + messages.length + (refused ? 1 : 0);
  const client = await RawClient.open(served.port);
  await client.send(bytes);
  while (ended() < due) await new Promise((resolve) => setImmediate(resolve));
  client.finish();
  return client.rest();
}

function parsedText(bytes: Uint8Array, site: GoldenSite): string {
  const { messages, ending } = readByUs(bytes);
  const lines = messages.flatMap(({ method, target, fields, content, trailers, keepAlive }) => [
    `${method} ${escaped(target)}`,
    ...fields.map((line) => `field ${escaped(line)}`),
    ...(content === '' ? [] : [`content ${escaped(content)}`]),
    ...trailers.map((line) => `trailer ${escaped(line)}`),
    keepAlive ? 'persists' : 'closes',
  ]);
  if (ending !== 'ends') lines.push(`fault ${ending}`);
  return `${named(lines.join('\n'), site)}\n`;
}

/** A line of text for each line of bytes, and a name for what is another each time or too long to read. */
function responseText(received: string, site: GoldenSite): string {
  const text = escaped(abridged(received)).replaceAll('\\n', '\\n\n');
  return `${named(text, site).trimEnd()}\n`;
}

function escaped(text: string): string {
  return escapeRuns(Buffer.from(text, 'latin1'));
}

/** Tags hold the time at which the file was made on this disk. */
function named(text: string, site: GoldenSite): string {
  return site.names.reduce((named, name) => {
    const tag = site.etag(name).slice(1, -1);
    return named.replaceAll(`"${tag}`, `"{etag ${name}}`).replaceAll(`"{etag ${name}}"`, `{etag ${name}}`);
  }, text);
}

const DECODERS = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync } as const;

/**
 * The style of our own pages by `{style}`, a boundary by `{boundary}`, content that was coded here by what it
 * decodes to; the Content-Length that goes with one of them by `{length}`, once it is found true.
 */
function abridged(received: string): string {
  const end = received.indexOf('\r\n\r\n');
  const head = received.slice(0, end);
  const content = received.slice(end + 4);
  const coding = /^Content-Encoding: (\w+)$/m.exec(head)?.[1] as keyof typeof DECODERS | undefined;
  const boundary = /^Content-Type: multipart\/byteranges; boundary=(\w+)$/m.exec(head)?.[1];
  if (boundary !== undefined) return received.replaceAll(boundary, '{boundary}');
  const madeHere = coding !== undefined && /^ETag: W\//m.test(head) && content !== '';
  if (!madeHere && !content.includes('<style>')) return received;
  const length = Number(/^Content-Length: (\d+)$/m.exec(head)?.[1]);
  expect(length).toBe(content.length);
  const shown = madeHere
    ? `{${coding} of} ${DECODERS[coding](Buffer.from(content, 'latin1')).toString('latin1')}`
    : content
        .replace(/<style>[^<]*<\/style>/, '<style>{style}</style>')
        .replace(/(rel="icon" href=")[^"]*/, '$1{icon}');
  return `${head.replace(/^(Content-Length: )\d+$/m, '$1{length}')}\r\n\r\n${shown}`;
}
