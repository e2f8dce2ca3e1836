/** What was said over a WebSocket, into a HAR as Chrome writes it and out of one. */
import { describe, expect, it } from 'vitest';
import { exportPieces } from '../../../server-core/host/export/export-capture.ts';
import { MessageDeflater } from '../../../server-core/net/web-socket-deflate.ts';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { closeFrame, frame } from '../../../server-core/wire/ws/writer.ts';
import { EPOCH_MS, Recorded, type Said, textOf } from '../../support/recorded.ts';
import { harProblems } from './har-schema.ts';

const ASKED =
  'GET /chat?room=1 HTTP/1.1\r\nHost: site.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
const agreed = (extensions = '') =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${extensions}\r\n`;
const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
const MASKED = { maskingKey: 0x12345678 };
const bytes = (text: string) => Buffer.from(text);

async function entryOf(...said: readonly Said[]) {
  const { source } = new Recorded().conversation([{ in: ASKED }, ...said]);
  const har = JSON.parse(await textOf(exportPieces(source, { as: 'har', redact: false })));
  expect(harProblems(har)).toEqual([]);
  expect(har.log.entries).toHaveLength(1);
  return har.log.entries[0];
}

describe('an entry of a HAR', () => {
  it('has the messages of both sides, each when it was whole', async () => {
    const [start, rest] = [OPCODE.text, OPCODE.continuation].map((opcode, i) =>
      frame(opcode, bytes(['frag', 'ments'][i]!), { fin: i === 1 }),
    );
    const hello = frame(OPCODE.text, bytes('héllo'), MASKED);
    const { request, _resourceType, _webSocketMessages, comment } = await entryOf(
      // The first message stands in the same write as the head.
      { out: Buffer.concat([bytes(agreed()), start!]) },
      { in: hello.subarray(0, 3) },
      { in: Buffer.concat([hello.subarray(3), frame(OPCODE.ping, bytes('?'), MASKED)]) },
      { out: rest! },
      { out: frame(OPCODE.binary, Uint8Array.of(0, 255, 1)) },
      { in: closeFrame(1000, bytes('done'), MASKED) },
    );
    expect(request.url).toBe('ws://site.example/chat?room=1');
    expect([_resourceType, comment]).toEqual(['websocket', undefined]);
    const at = (ms: number) => expect.closeTo((EPOCH_MS + ms) / 1000, 5);
    expect(_webSocketMessages).toEqual([
      { type: 'send', time: at(4), opcode: 1, data: 'héllo' },
      { type: 'send', time: at(4), opcode: 9, data: 'Pw==' },
      { type: 'receive', time: at(5), opcode: 1, data: 'fragments' },
      { type: 'receive', time: at(6), opcode: 2, data: 'AP8B' },
      {
        type: 'send',
        time: at(7),
        opcode: 8,
        data: Buffer.from('\x03\xe8done', 'latin1').toString('base64'),
      },
    ]);
  });

  it('has compressed ones inflated, which refer to those before', async () => {
    const words = 'the same words again and again';
    const nothing = {
      serverNoContextTakeover: false,
      clientNoContextTakeover: false,
      serverMaxWindowBits: undefined,
    };
    const deflater = new MessageDeflater(nothing, 6);
    const packed = [await deflater.deflate(bytes(words)), await deflater.deflate(bytes(words))] as const;
    expect(packed[1].length).toBeLessThan(packed[0].length / 2);
    const sent = packed.map((payload) => ({ out: frame(OPCODE.text, payload, { compressed: true }) }));
    const whole = await entryOf({ out: agreed(DEFLATE) }, ...sent);
    expect(whole._webSocketMessages.map(({ data }: { data: string }) => data)).toEqual([words, words]);
    // Without the first there is nothing to refer to.
    const { _webSocketMessages, comment } = await entryOf({ out: agreed(DEFLATE) }, sent[1]!);
    expect(_webSocketMessages).toEqual([]);
    expect(comment).toBe('Not all messages of the WebSocket are here: some could not be read');
  });

  it('ends where frames make no sense, and says so', async () => {
    const { _webSocketMessages, comment } = await entryOf(
      { out: agreed() },
      { out: frame(OPCODE.text, bytes('before')) },
      { in: frame(OPCODE.text, bytes('without a mask')) },
      { in: frame(OPCODE.text, bytes('behind it'), MASKED) },
      { out: frame(OPCODE.text, bytes('after')) },
    );
    expect(_webSocketMessages.map(({ data }: { data: string }) => data)).toEqual(['before', 'after']);
    expect(comment).toContain('some could not be read');
  });

  it('has none where another protocol was agreed on', async () => {
    const entry = await entryOf({ out: agreed().replace('websocket', 'other') }, { in: 'anything' });
    expect(Object.keys(entry)).not.toContain('_webSocketMessages');
    expect(entry.request.url).toBe('http://site.example/chat?room=1');
  });
});
