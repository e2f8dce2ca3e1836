/**
 * A message as a tree that is made of its leaf spans and nothing else: every byte of it is in exactly one leaf.
 * Long parts make their children when they are opened.
 */
import type { SpanKind } from '../../server-core/wire/span.ts';
import { applyMask } from '../../server-core/wire/ws/masking.ts';
import { OPCODE } from '../../server-core/wire/ws/opcode.ts';
import type { FrameView, MessageView } from '../store/queries/detail.ts';
import { lengthBits, opcodeBits, opcodeName } from './frame-bits.ts';
import { latin1 } from './latin1.ts';

export interface TreeNode {
  /** Unique in its message, and the same while the message grows. */
  readonly id: string;
  readonly label: string;
  /** What stands there, one char per byte, and of WebSocket text one per character; '' where it is not short. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The kind of a leaf. */
  readonly kind: SpanKind | undefined;
  /** Name of the field that this node is, to be explained. */
  readonly field?: string;
  /** Places of single bits: `1... ....`. */
  readonly bits?: string;
  readonly children?: () => readonly TreeNode[];
  /** Shown with its children until someone folds it. */
  readonly open?: boolean;
}

type Leaf = MessageView['spans'][number];
/** A frame, with what the first one of its message says of all of them. */
interface Saying extends FrameView {
  /** RFC 6455 §5.6; a character may be cut between two frames. */
  readonly isText: boolean;
}

const LABELS: Readonly<Record<SpanKind, string>> = {
  ignored: 'Empty line, ignored',
  method: 'Method',
  sp: 'Space',
  target: 'Request target',
  version: 'Version',
  status: 'Status code',
  reason: 'Reason phrase',
  crlf: 'CR LF',
  'field-name': 'Name',
  colon: 'Colon',
  ows: 'Optional space',
  'field-value': 'Value',
  'chunk-size': 'Size',
  'chunk-extension': 'Extension',
  body: 'Content',
  'trailer-name': 'Name',
  'trailer-value': 'Value',
  faulty: 'Fault',
  unread: 'Unread',
  'ws-opcode': 'Flags and opcode',
  'ws-length': 'Mask and length',
  'ws-extended-length': 'Extended length',
  'ws-masking-key': 'Masking key',
  'ws-payload': 'Payload',
};
/** As much of a value as a line can show. */
const SHOWN = 200;

const UTF_8 = new TextDecoder();

/** RFC 7692 §6.1: only the first frame of a message says that it is compressed. */
function sayingsOf(frames: readonly FrameView[]): Saying[] {
  let first: Saying | undefined;
  return frames.map((frame) => {
    const isText = frame.opcode === OPCODE.text;
    if (frame.opcode === OPCODE.continuation && first)
      return { ...frame, compressed: first.compressed, isText: first.isText };
    const saying = { ...frame, isText };
    if (isText || frame.opcode === OPCODE.binary) first = saying;
    return saying;
  });
}

export function messageTree(message: MessageView): readonly TreeNode[] {
  return new TreeBuilder(message).build();
}

class TreeBuilder {
  readonly #message: MessageView;
  readonly #spans: readonly Leaf[];
  #at = 0;

  constructor(message: MessageView) {
    this.#message = message;
    this.#spans = message.spans;
  }

  build(): readonly TreeNode[] {
    const nodes: TreeNode[] = [];
    while (this.#at < this.#spans.length) nodes.push(...this.#part());
    return this.#withRest(nodes);
  }

  /** What was not derived, past the bound of the store, is content as far as anyone can tell. */
  #withRest(nodes: TreeNode[]): TreeNode[] {
    const derived = this.#spans.at(-1)?.end ?? 0;
    const { length } = this.#message;
    if (derived >= length) return nodes;
    const kind: SpanKind = this.#message.fault ? 'unread' : 'body';
    const last = nodes.at(-1);
    if (last?.kind === kind) {
      nodes[nodes.length - 1] = { ...last, end: length };
    } else {
      nodes.push({
        id: `rest`,
        label: 'Further bytes, not taken apart',
        value: '',
        start: derived,
        end: length,
        kind,
      });
    }
    return nodes;
  }

  #part(): TreeNode[] {
    const { kind } = this.#spans[this.#at]!;
    if (kind === 'method' || kind === 'version') return this.#head();
    if (kind === 'chunk-size') return [this.#chunks()];
    if (kind === 'trailer-name') return [this.#fields('Trailer fields', 'trailer-name')];
    if (kind === 'ws-opcode') return [this.#frames()];
    if (kind === 'faulty') return [this.#faulty()];
    if (kind === 'crlf') return [{ ...this.#leaf(), label: 'Empty line' }];
    return [this.#leaf()];
  }

  /** Start line, fields and the empty line; one node of its own when it is interim (RFC 9110 §15.2). */
  #head(): TreeNode[] {
    const from = this.#at;
    const line = this.#until('crlf');
    const words = line.filter(({ kind }) => kind !== 'sp' && kind !== 'crlf').map((leaf) => this.#text(leaf));
    const isRequest = line[0]!.kind === 'method';
    const parts: TreeNode[] = [
      {
        ...this.#span(line, isRequest ? 'Request line' : 'Status line', words.join(' ')),
        children: () => line.map((leaf) => this.#leafNode(leaf)),
      },
    ];
    if (this.#kind() === 'field-name') parts.push(this.#fields('Fields', 'field-name'));
    if (this.#kind() === 'crlf') parts.push({ ...this.#leaf(), label: 'Empty line' });
    const status = isRequest ? '' : (words[1] ?? '');
    if (!/^1\d\d$/.test(status) || status === '101') return parts;
    const node = this.#span(this.#spans.slice(from, this.#at), 'Interim response', words.slice(1).join(' '));
    return [{ ...node, children: () => parts, open: true }];
  }

  #fields(label: string, nameKind: 'field-name' | 'trailer-name'): TreeNode {
    const from = this.#at;
    const lines: Leaf[][] = [];
    while (this.#kind() === nameKind) lines.push(this.#until('crlf', nameKind));
    const nodes = lines.map((line) => this.#field(line));
    const node = this.#span(this.#spans.slice(from, this.#at), label, `${lines.length}`);
    return { ...node, children: () => nodes, open: true };
  }

  #field(line: readonly Leaf[]): TreeNode {
    const name = this.#text(line[0]!);
    const value = line.find(({ kind }) => kind === 'field-value' || kind === 'trailer-value');
    return {
      ...this.#span(line, name, value ? this.#text(value) : ''),
      field: name,
      children: () => line.map((leaf) => this.#leafNode(leaf)),
    };
  }

  /** RFC 9112 §7.1: size, perhaps extensions, CRLF, data, CRLF; the last one has size 0 and no data. */
  #chunks(): TreeNode {
    const from = this.#at;
    const chunks: Leaf[][] = [];
    while (this.#kind() === 'chunk-size') {
      const chunk = this.#until('crlf');
      if (this.#kind() === 'body') chunk.push(...this.#until('crlf', 'chunk-size'));
      chunks.push(chunk);
    }
    const node = this.#span(this.#spans.slice(from, this.#at), 'Content in chunks', `${chunks.length}`);
    const nodes = () => chunks.map((chunk, i) => this.#chunk(chunk, i));
    return { ...node, children: nodes, open: chunks.length <= 100 };
  }

  #chunk(chunk: readonly Leaf[], index: number): TreeNode {
    const size = Number.parseInt(this.#text(chunk[0]!), 16);
    const label = size === 0 ? 'Last chunk' : `Chunk ${index + 1}`;
    return {
      ...this.#span(chunk, label, `${size} ${size === 1 ? 'byte' : 'bytes'}`),
      children: () => chunk.map((leaf) => this.#leafNode(leaf)),
    };
  }

  #frames(): TreeNode {
    const from = this.#at;
    const frames: Leaf[][] = [];
    while (this.#kind() === 'ws-opcode') {
      const frame = [this.#spans[this.#at++]!];
      while (this.#kind()?.startsWith('ws-') && this.#kind() !== 'ws-opcode')
        frame.push(this.#spans[this.#at++]!);
      frames.push(frame);
    }
    const node = this.#span(this.#spans.slice(from, this.#at), 'WebSocket frames', `${frames.length}`);
    const heads = new Map(sayingsOf(this.#message.frames).map((saying) => [saying.start, saying]));
    const nodes = () => frames.map((frame, i) => this.#frame(frame, heads.get(frame[0]!.start), i));
    return { ...node, children: nodes, open: frames.length <= 100 };
  }

  #frame(leaves: readonly Leaf[], head: Saying | undefined, index: number): TreeNode {
    const byte = this.#byte(leaves[0]!.start);
    const name = opcodeName(byte & 0x0f);
    const payload = leaves.find(({ kind }) => kind === 'ws-payload');
    const words = payload && head && !head.compressed ? this.#unmasked(payload, head) : '';
    return {
      ...this.#span(leaves, `Frame ${index + 1}, ${name}`, words),
      children: () => leaves.flatMap((leaf) => this.#framePart(leaf, head)),
    };
  }

  #framePart(leaf: Leaf, head: Saying | undefined): TreeNode[] {
    const node = this.#leafNode(leaf);
    // Unmasked it would still be compressed.
    if (leaf.kind === 'ws-payload' && head?.compressed)
      return [{ ...node, label: 'Payload, compressed', value: '' }];
    if (leaf.kind === 'ws-payload' && head?.maskingKey !== undefined) {
      return [{ ...node, label: 'Payload, unmasked', value: this.#unmasked(leaf, head) }];
    }
    if (leaf.kind === 'ws-extended-length' && head) return [{ ...node, value: `${head.length} bytes` }];
    if (leaf.kind === 'ws-masking-key') {
      const key = [...(this.#message.bytes?.subarray(leaf.start, leaf.end) ?? [])];
      return [{ ...node, value: key.map((byte) => byte.toString(16).padStart(2, '0')).join(' ') }];
    }
    if (leaf.kind !== 'ws-opcode' && leaf.kind !== 'ws-length') return [node];
    const byte = this.#byte(leaf.start);
    const fields = leaf.kind === 'ws-opcode' ? opcodeBits(byte) : lengthBits(byte);
    return fields.map(({ name, value, bits }, i) => ({
      ...node,
      id: `${node.id}.${i}`,
      label: name,
      value,
      bits,
    }));
  }

  #unmasked(leaf: Leaf, head: Saying): string {
    const bytes = (this.#message.bytes ?? new Uint8Array()).slice(
      leaf.start,
      Math.min(leaf.end, leaf.start + SHOWN),
    );
    if (head.maskingKey !== undefined) applyMask(head.maskingKey, 0, bytes, 0, bytes.length, bytes, 0);
    if (head.opcode === OPCODE.close && bytes.length >= 2) {
      return `${(bytes[0]! << 8) | bytes[1]!} ${UTF_8.decode(bytes.subarray(2))}`.trimEnd();
    }
    return head.isText ? UTF_8.decode(bytes) : latin1(bytes);
  }

  /** Spans up to and with one of `last`; ends before one of `before`, and where the spans do. */
  #until(last: SpanKind, before?: SpanKind): Leaf[] {
    const leaves: Leaf[] = [];
    while (this.#at < this.#spans.length) {
      const leaf = this.#spans[this.#at]!;
      if (leaves.length > 0 && leaf.kind === before) break;
      if (leaf.kind === 'faulty' || leaf.kind === 'unread') break;
      leaves.push(leaf);
      this.#at++;
      if (leaf.kind === last) break;
    }
    return leaves;
  }

  /** The token that was being read and the byte that could not be accepted are one fault. */
  #faulty(): TreeNode {
    const first = this.#leaf();
    let last = first;
    while (this.#kind() === 'faulty') last = this.#leaf();
    const { start } = first;
    return { ...first, end: last.end, value: this.#text({ kind: 'faulty', start, end: last.end }) };
  }

  #kind(): SpanKind | undefined {
    return this.#spans[this.#at]?.kind;
  }

  #leaf(): TreeNode {
    return this.#leafNode(this.#spans[this.#at++]!);
  }

  #leafNode(leaf: Leaf): TreeNode {
    const { kind, start, end } = leaf;
    const value =
      kind === 'body' || kind === 'crlf' || kind === 'sp' || kind === 'ows' ? '' : this.#text(leaf);
    return { id: `${start} ${kind}`, label: LABELS[kind], value, start, end, kind };
  }

  #span(leaves: readonly Leaf[], label: string, value: string): Omit<TreeNode, 'children' | 'open'> {
    const start = leaves[0]!.start;
    const end = leaves.at(-1)!.end;
    return { id: `${start} ${label.replace(/ \d+.*/, '')}`, label, value, start, end, kind: undefined };
  }

  #text({ start, end }: Leaf): string {
    const { bytes } = this.#message;
    return bytes === undefined ? '' : latin1(bytes, start, Math.min(end, start + SHOWN, bytes.length));
  }

  #byte(offset: number): number {
    return this.#message.bytes?.[offset] ?? 0;
  }
}
