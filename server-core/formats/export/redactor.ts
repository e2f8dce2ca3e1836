/**
 * Takes cookies, credentials and addresses out of events on their way into a file. Bytes are overwritten by as many
 * asterisks, so that every offset stays true. What cannot be read as HTTP is overwritten whole: nobody can say what is
 * in it. Targets and content stay as they are.
 */
import type { BytesEvent, CaptureEvent, Direction } from '../../capture/events.ts';
import { readLatin1 } from '../../capture/text.ts';
import type { SpanKind } from '../../wire/span.ts';
import { Conversation } from '../conversation.ts';
import { BLANK, isSecretField } from './secret-fields.ts';

export class Redactor {
  readonly #connections = new Map<number, RedactedConnection>();
  readonly #roots = new Set<string>();

  /** The event without secrets; its bytes are changed in place. */
  take(event: CaptureEvent): CaptureEvent {
    switch (event.kind) {
      case 'server': {
        // What went wrong is told with paths in it.
        const { root, movedTo, problem: _, ...state } = event.state;
        for (const path of [root, movedTo]) if (path !== undefined && path.length > 1) this.#roots.add(path);
        return { ...event, state: { ...state, root: '' } };
      }
      case 'opened':
        this.#connections.set(event.conn, new RedactedConnection());
        return { ...event, remoteAddress: '' };
      case 'bytes':
        this.#bytes(event);
        return event;
      case 'mark': {
        let { detail } = event;
        // Paths below a home folder have a name in them.
        for (const root of this.#roots) detail = detail.replaceAll(root, '…');
        return { ...event, detail };
      }
      case 'closed':
        this.#connections.delete(event.conn);
        return event;
      default:
        return event;
    }
  }

  #bytes(event: BytesEvent): void {
    let connection = this.#connections.get(event.conn);
    if (!connection) {
      connection = new RedactedConnection();
      this.#connections.set(event.conn, connection);
    }
    connection.bytes(event);
  }
}

interface Side {
  /** Stream offset that was read up to. */
  offset: number;
  /** The first bytes of a name of which the rest is to come. */
  name: string;
  /** The field that is read has a value to be removed, and the value has begun. */
  isSecret: boolean;
  hasBegun: boolean;
  /** Where the message begins that is read. */
  start: number;
}

class RedactedConnection {
  readonly #conversation: Conversation;
  readonly #sides: Readonly<Record<Direction, Side>> = {
    in: { offset: 0, name: '', isSecret: false, hasBegun: false, start: 0 },
    out: { offset: 0, name: '', isSecret: false, hasBegun: false, start: 0 },
  };
  #data: Uint8Array = new Uint8Array(0);

  constructor() {
    this.#conversation = new Conversation({
      begin: () => 1,
      request() {},
      requestEnd: (_exchange, at) => this.#ended('in', at),
      response() {},
      responseEnd: (_exchange, at) => this.#ended('out', at),
      // What its start line seemed to say may be something else.
      fault: (_exchange, direction) =>
        this.#blank(direction, this.#sides[direction].start, Number.POSITIVE_INFINITY),
      span: (direction, kind, start, end) => this.#span(direction, kind, start, end),
    });
  }

  bytes({ direction, offset, length, data = new Uint8Array(length) }: BytesEvent): void {
    const side = this.#sides[direction];
    const conversation = this.#conversation;
    // Older bytes were trimmed before this was written.
    if (offset > side.offset) conversation.skip(direction, offset - side.offset);
    side.offset = offset;
    this.#data = data;
    const couldRead = conversation.reads(direction);
    conversation.push(direction, data);
    if (!couldRead && !conversation.reads(direction)) data.fill(BLANK);
    this.#unfinished(direction, side);
    side.offset = offset + length;
  }

  /** What the piece ends within: a name is kept, a secret value is removed as far as it came. */
  #unfinished(direction: Direction, side: Side): void {
    const pending = this.#conversation.pending(direction);
    const end = side.offset + this.#data.length;
    const isName = pending?.kind === 'field-name' || pending?.kind === 'trailer-name';
    if (isName) side.name += this.#text(side, pending.start, end);
    const isValue = pending?.kind === 'field-value' || pending?.kind === 'trailer-value';
    if (isValue && side.isSecret) this.#blank(direction, pending.start, end);
  }

  #ended(direction: Direction, at: number): void {
    this.#sides[direction].start = at;
  }

  #span(direction: Direction, kind: SpanKind, start: number, end: number): void {
    const side = this.#sides[direction];
    switch (kind) {
      case 'field-name':
      case 'trailer-name':
        side.isSecret = isSecretField(side.name + this.#text(side, start, end));
        side.name = '';
        side.hasBegun = false;
        break;
      case 'field-value':
      case 'trailer-value':
        side.hasBegun = true;
        if (side.isSecret) this.#blank(direction, start, end);
        break;
      case 'ows':
        // Behind a value it could be part of one, as long as the rest of the line is not there.
        if (side.isSecret && side.hasBegun) this.#blank(direction, start, end);
        break;
      case 'crlf':
        side.isSecret = false;
    }
  }

  #text(side: Side, start: number, end: number): string {
    return readLatin1(this.#data, Math.max(0, start - side.offset), end - side.offset);
  }

  #blank(direction: Direction, start: number, end: number): void {
    const { offset } = this.#sides[direction];
    this.#data.fill(
      BLANK,
      Math.max(0, start - offset),
      Math.max(0, Math.min(end - offset, this.#data.length)),
    );
  }
}
