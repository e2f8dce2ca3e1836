import { describe, expect, it } from 'vitest';
import { messageTree, type TreeNode } from '../../../renderer/explain/message-tree.ts';
import { rowOfByte, treeRows } from '../../../renderer/explain/tree-rows.ts';
import { MessageReader } from '../../../renderer/store/message-reader.ts';
import type { MessageView } from '../../../renderer/store/queries/detail.ts';
import { OPCODE } from '../../../server-core/wire/ws/opcode.ts';
import { frame } from '../../../server-core/wire/ws/writer.ts';
import { bytesOf } from '../store/traffic.ts';

function viewOf(
  text: string | Uint8Array,
  direction: 'in' | 'out' = 'out',
  switched: boolean | 'deflate' = false,
): MessageView {
  const reader = new MessageReader(direction === 'in' ? 'request' : 'response', 'GET');
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  reader.append(bytes);
  if (switched) reader.switchToFrames(switched === 'deflate');
  const { spans, fields, interim, frames, startLine, headLength, fault } = reader.read();
  const rest = { spans, fields, interim, frames, startLine, headLength, fault, bytes };
  return { direction, streamOffset: 0, length: bytes.length, cuts: [], ...rest };
}

function all(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...all(node.children?.() ?? [])]);
}
const outline = (nodes: readonly TreeNode[]) => nodes.map(({ label, value }) => `${label}: ${value}`);

/** Every byte lies in one leaf; bits of one byte are leaves of the same byte. */
function expectTiled(message: MessageView) {
  const leaves = all(messageTree(message)).filter(({ children }) => children === undefined);
  let at = 0;
  for (const { start, end } of leaves) {
    expect([at, at - 1]).toContain(start);
    at = end;
  }
  expect(at).toBe(message.length);
}

describe('the tree of a message', () => {
  it('of a request: start line, fields, the empty line', () => {
    const message = viewOf('GET /a HTTP/1.1\r\nHost: a\r\nX:  b \r\n\r\n', 'in');
    const tree = messageTree(message);
    expect(outline(tree)).toEqual(['Request line: GET /a HTTP/1.1', 'Fields: 2', 'Empty line: ']);
    const [line, fields] = tree.map((node) => node.children?.() ?? []);
    expect(outline(line!)).toEqual([
      'Method: GET',
      'Space: ',
      'Request target: /a',
      'Space: ',
      'Version: HTTP/1.1',
      'CR LF: ',
    ]);
    expect(outline(fields!)).toEqual(['Host: a', 'X: b']);
    expect(fields![1]!.children!().map(({ kind }) => kind)).toEqual([
      'field-name',
      'colon',
      'ows',
      'field-value',
      'ows',
      'crlf',
    ]);
    expectTiled(message);
  });

  it('of chunked content with extensions and trailers', () => {
    const message = viewOf(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na;x=1\r\n0123456789\r\n0\r\nDigest: z\r\n\r\n',
    );
    const tree = messageTree(message);
    expect(outline(tree).slice(3)).toEqual(['Content in chunks: 2', 'Trailer fields: 1', 'Empty line: ']);
    const chunks = tree[3]!.children!();
    expect(outline(chunks)).toEqual(['Chunk 1: 10 bytes', 'Last chunk: 0 bytes']);
    expect(chunks[0]!.children!().map(({ label }) => label)).toEqual([
      'Size',
      'Extension',
      'CR LF',
      'Content',
      'CR LF',
    ]);
    expectTiled(message);
  });

  it('an interim response stands before the final one, as a part of its own', () => {
    const message = viewOf(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
    );
    expect(outline(messageTree(message))).toEqual([
      'Interim response: 103 Early Hints',
      'Status line: HTTP/1.1 200 OK',
      'Fields: 1',
      'Empty line: ',
      'Content: ',
    ]);
    expectTiled(message);
  });

  it('of WebSocket frames: bits, key and unmasked payload', () => {
    const head = bytesOf('GET /s HTTP/1.1\r\nHost: a\r\n\r\n');
    const hello = frame(OPCODE.text, bytesOf('hello'), { maskingKey: 0x01020304 });
    const long = frame(OPCODE.binary, new Uint8Array(300), { maskingKey: 1, fin: false });
    const message = viewOf(Uint8Array.from([...head, ...hello, ...long]), 'in', true);
    const frames = messageTree(message).at(-1)!.children!();
    expect(frames[0]).toMatchObject({ label: 'Frame 1, text', value: 'hello' });
    expect(outline(frames[0]!.children!())).toEqual([
      'FIN: last frame of its message',
      'RSV1: not set',
      'RSV2: not set',
      'RSV3: not set',
      'Opcode: 1, text',
      'MASK: masked',
      'Payload length: 5',
      'Masking key: 01 02 03 04',
      'Payload, unmasked: hello',
    ]);
    expect(outline(frames[1]!.children!())).toContain('Extended length: 300 bytes');
    expect(outline(frames[1]!.children!())).toContain('FIN: more frames follow');
    expectTiled(message);
  });

  it('of WebSocket text in its characters, of a close frame its code, and of what is compressed nothing', () => {
    const head = bytesOf('GET /s HTTP/1.1\r\nHost: a\r\n\r\n');
    const close = Uint8Array.from([0x03, 0xe9, ...new TextEncoder().encode('zurück')]);
    const half = frame(OPCODE.text, Uint8Array.of(0x4a, 0x05), {
      maskingKey: 1,
      fin: false,
      compressed: true,
    });
    const message = viewOf(
      Uint8Array.from([
        ...head,
        ...frame(OPCODE.text, new TextEncoder().encode('Grüße'), { maskingKey: 7 }),
        ...half,
        ...frame(OPCODE.ping, bytesOf('ping'), { maskingKey: 2 }),
        ...frame(OPCODE.continuation, Uint8Array.of(0x00), { maskingKey: 3 }),
        ...frame(OPCODE.close, close, { maskingKey: 4 }),
      ]),
      'in',
      'deflate',
    );
    expect(outline(messageTree(message).at(-1)!.children!())).toEqual([
      'Frame 1, text: Grüße',
      'Frame 2, text: ',
      'Frame 3, ping: ping',
      'Frame 4, continuation: ',
      'Frame 5, close: 1001 zurück',
    ]);
    expectTiled(message);
  });

  it('of a message with a fault, and of one that is under way', () => {
    const broken = viewOf('GET / HTTP/1.1\r\nHost : a\r\n\r\n', 'in');
    expect(broken.fault?.code).toBe('space-before-colon');
    expect(all(messageTree(broken)).map(({ kind }) => kind)).toContain('faulty');
    expectTiled(broken);
    for (const part of ['G', 'GET / HTTP/1.1\r', 'GET / HTTP/1.1\r\nHost', 'GET / HTTP/1.1\r\nHost: a\r\n']) {
      expectTiled(viewOf(part, 'in'));
    }
  });

  it('what was not derived is content', () => {
    const message = { ...viewOf('HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc'), length: 900 };
    expect(messageTree(message).at(-1)).toMatchObject({ kind: 'body', end: 900 });
  });
});

describe('its rows', () => {
  const message = viewOf('GET /a HTTP/1.1\r\nHost: a\r\n\r\n', 'in');
  const tree = messageTree(message);

  it('fold and unfold', () => {
    const labels = (toggled: string[]) =>
      treeRows(tree, new Set(toggled)).map(({ node, level }) => `${level} ${node.label}`);
    expect(labels([])).toEqual(['1 Request line', '1 Fields', '2 Host', '1 Empty line']);
    expect(labels([tree[1]!.id])).toEqual(['1 Request line', '1 Fields', '1 Empty line']);
    expect(labels([tree[0]!.id])).toContain('2 Method');
  });

  it('the deepest one that is seen holds the byte', () => {
    const rows = treeRows(tree, new Set());
    expect(rows[rowOfByte(rows, 1)]!.node.label).toBe('Request line');
    expect(rows[rowOfByte(rows, 18)]!.node.label).toBe('Host');
    const open = treeRows(tree, new Set([tree[1]!.children!()[0]!.id]));
    expect(open[rowOfByte(open, 18)]!.node.label).toBe('Name');
    expect(rowOfByte(rows, 999)).toBe(-1);
  });
});
