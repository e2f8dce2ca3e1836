import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import type { CaptureInfo } from '../../server-core/capture/feed-messages.ts';
import { OpenedCaptures } from '../../server-core/host/opened-captures.ts';
import { makeFolder } from '../support/folder.ts';
import { ANSWERED, ASKED, handshaken, pcap } from '../support/packets.ts';

let folder: ReturnType<typeof makeFolder>;
let captures: OpenedCaptures;

beforeEach(() => {
  folder = makeFolder();
  captures = new OpenedCaptures(() => {});
});
afterEach(async () => {
  await captures.closeAll();
  folder.remove();
});

function open(name: string, content: string | Uint8Array): Promise<CaptureInfo> {
  writeFileSync(`${folder.path}/${name}`, content);
  return captures.open(`${folder.path}/${name}`);
}

async function eventsOf({ id, start, end }: CaptureInfo): Promise<CaptureEvent[]> {
  const events: CaptureEvent[] = [];
  for (let from = start; from < end; ) {
    const answer = await captures.read(id, from);
    from = new DataView(answer.buffer, answer.byteOffset).getFloat64(0, true);
    events.push(...decode(answer.subarray(8)).events);
  }
  return events;
}

const HAR = (text: string, count = 1) =>
  JSON.stringify({
    log: {
      entries: Array.from({ length: count }, (_, i) => ({
        startedDateTime: new Date(1e12 + i * 10).toISOString(),
        request: { method: 'GET', url: `http://a.example/${i}`, headers: [] },
        response: { status: 200, headers: [], content: { text } },
      })),
    },
  });

describe('a file of another program', () => {
  it('of packets is opened as a capture, with its bytes', async () => {
    const info = await open('x.pcap', pcap(handshaken([{ in: ASKED }, { out: ANSWERED }])));
    expect(info).toMatchObject({ name: 'x.pcap', exchanges: 1, epochMs: 1_700_000_000_001 });
    expect(info.problem).toBeUndefined();
    expect(info.rebuilt).toBeUndefined();
    const bytes = (await eventsOf(info)).filter((event) => event.kind === 'bytes');
    const payload = await captures.payload(info.id, bytes[1]!.position);
    expect(Buffer.from(payload!).toString()).toBe(ANSWERED);
  });

  it('is known by what it holds, not by its name', async () => {
    const info = await open('really-packets.har', pcap(handshaken([{ in: ASKED }])));
    expect(info.exchanges).toBe(1);
    expect(info.rebuilt).toBeUndefined();
  });

  it('of HAR says that its bytes are rebuilt', async () => {
    const info = await open('x.har', `\ufeff${HAR('hello')}`);
    expect(info).toMatchObject({ name: 'x.har', exchanges: 1, epochMs: 1e12, rebuilt: true });
  });

  it.each(['constructor', '__proto__'])('may name a coding %s', async (coding) => {
    const har = HAR('hello').replaceAll(
      '"headers":[]',
      `"headers":[{"name":"Content-Encoding","value":"${coding}"}]`,
    );
    const events = await eventsOf(await open('x.har', har));
    expect(events.flatMap((event) => (event.kind === 'mark' ? [event.detail] : []))).toContain(
      `Content-Encoding: ${coding} is left out, since the file holds the content decoded`,
    );
  });

  it('larger than what is held at once is whole', async () => {
    const text = 'x'.repeat(3_000_000);
    const info = await open('large.har', HAR(text, 20));
    const events = await eventsOf(info);
    const sent = events.reduce(
      (sum, event) => sum + (event.kind === 'bytes' && event.direction === 'out' ? event.length : 0),
      0,
    );
    expect(sent).toBeGreaterThan(20 * text.length);
    expect(events.filter(({ kind }) => kind === 'tombstone')).toEqual([]);
    expect(events.filter((event) => event.kind === 'response-end' && event.complete)).toHaveLength(20);
  });

  it('is opened once, and gone when it is closed', async () => {
    const info = await open('x.har', HAR('a'));
    expect(await captures.open(`${folder.path}/x.har`)).toEqual(info);
    await captures.close(info.id);
    expect(captures.list()).toEqual([]);
    const path = `${folder.path}/x.har`;
    const [one, two] = await Promise.all([captures.open(path), captures.open(path)]);
    expect(one).toEqual(two);
    await captures.close(one.id);
    await expect(captures.read(info.id, 0)).rejects.toThrow('That capture is no longer open');
  });

  it.each([
    ['empty.har', '', 'empty.har is empty'],
    ['text.har', 'hello', 'text.har is neither a HAR file nor one of packets'],
    ['other.pcap', Buffer.from([1, 2, 3, 4, 5]), 'other.pcap is neither a HAR file nor one of packets'],
    ['json.har', '{"a": 1}', 'json.har is JSON, but no HAR file: it has no log with entries'],
    [
      'cut.har',
      HAR('x').slice(0, -20),
      'cut.har is cut short: it ends within its JSON, so nothing of it can be shown',
    ],
  ])('that is none is refused: %s', async (name, content, sentence) => {
    await expect(open(name, content)).rejects.toThrow(sentence);
    expect(captures.list()).toEqual([]);
  });

  it('that is not there is refused', async () => {
    await expect(captures.open(`${folder.path}/no.har`)).rejects.toThrow(
      `There is no file ${folder.path}/no.har`,
    );
  });

  it('that is cut short shows what is whole, and says so', async () => {
    const file = pcap(handshaken([{ in: ASKED }, { out: ANSWERED }]));
    const info = await open('cut.pcap', file.subarray(0, file.length - 30));
    expect(info.exchanges).toBe(1);
    expect(info.problem).toBe('It is cut short: its last 26 bytes are part of a packet');
  });
});
