/**
 * A connection as a ladder: the client's line, the server's line, time downwards, and every read and write as an
 * arrow between them. All times are measured; where the client is not ours, its line has no marks.
 */
import type { SentConnection } from '../../server-core/capture/send-call.ts';
import type { LadderResult, LadderTransfer } from '../store/queries/connection.ts';
import { type LadderGap, rungsOf } from './rungs.ts';

export type LadderKind = 'wire' | 'note' | 'head' | 'end' | 'bad';

/** Something that happened at one end. */
export interface LadderPoint {
  readonly time: number;
  readonly y: number;
  readonly end: 'client' | 'server';
  readonly kind: LadderKind;
  readonly words: string;
}

/** Bytes on their way. `fromY` is undefined where the sender's time is not known, `toY` where the receiver's is not. */
export interface LadderArrow {
  readonly direction: 'in' | 'out';
  readonly fromY: number | undefined;
  readonly toY: number | undefined;
  readonly words: string;
}

export interface LadderLayout {
  readonly height: number;
  readonly points: readonly LadderPoint[];
  readonly arrows: readonly LadderArrow[];
  readonly gaps: readonly LadderGap[];
  /** Time of the first point. */
  readonly start: number;
}

/** Words of the things that the layout itself has no names for. */
export interface LadderWords {
  bytes(length: number): string;
  closed(result: LadderResult): string;
}

interface Draft {
  readonly time: number;
  readonly end: LadderPoint['end'];
  readonly kind: LadderKind;
  readonly words: string;
  /** Bytes that left or came at this point: the direction, and the range in its stream. */
  readonly moved?: { readonly direction: 'in' | 'out'; readonly from: number; readonly to: number };
}

export function ladderLayout(
  result: LadderResult,
  sent: SentConnection | undefined,
  words: LadderWords,
): LadderLayout {
  const drafts = [...serverDrafts(result, words), ...(sent ? clientDrafts(sent, words) : [])];
  // At the same microsecond the client's end comes first for what it sends, which is what usually is simultaneous.
  const order = drafts
    .map((draft, n) => ({ draft, n }))
    .sort((a, b) => a.draft.time - b.draft.time || a.n - b.n);
  const { ys, gaps, height } = rungsOf(order.map(({ draft }) => draft.time));
  const placed = order.map(({ draft }, n) => {
    const { time, end, kind, words: said } = draft;
    return { draft, point: { time, y: ys[n]!, end, kind, words: said } };
  });
  return {
    height,
    points: placed.map(({ point }) => point),
    arrows: arrowsOf(placed, sent !== undefined),
    gaps,
    start: placed[0]?.point.time ?? 0,
  };
}

function serverDrafts(result: LadderResult, words: LadderWords): Draft[] {
  const { connection, transfers, exchanges, marks } = result;
  const drafts: Draft[] = [{ time: connection.openedTime, end: 'server', kind: 'note', words: 'accepted' }];
  const server = (time: number | undefined, kind: LadderKind, said: string) => {
    if (time !== undefined) drafts.push({ time, end: 'server', kind, words: said });
  };
  server(connection.tls?.securedTime, 'note', 'TLS is up');
  for (const transfer of transfers) drafts.push(transferDraft(transfer, words));
  for (const { headTime, responseTime, method, target, status, endTime, phase, fault } of exchanges) {
    if (fault === undefined) server(headTime, 'head', `${method} ${short(target)}`);
    server(responseTime, 'head', `answer ${status ?? ''}`.trim());
    if (fault !== undefined) server(responseTime ?? endTime, 'bad', `refused: ${fault}`);
    if (phase === 'aborted') server(endTime, 'bad', 'aborted');
  }
  for (const { time, mark, detail } of marks) {
    // Its detail alone reads like the request over it.
    const said = mark === 'route' ? `route ${detail}` : detail;
    server(time, 'note', said === '' ? mark : short(said));
  }
  server(connection.closedTime, 'end', words.closed(result));
  return drafts;
}

function transferDraft({ time, direction, offset, length }: LadderTransfer, words: LadderWords): Draft {
  return {
    ...{ time, end: 'server', kind: 'wire' },
    words: `${direction === 'in' ? 'read' : 'wrote'} ${words.bytes(length)}`,
    moved: { direction, from: offset, to: offset + length },
  };
}

const CLIENT_WORDS: Readonly<Record<string, string>> = {
  open: 'connected',
  secure: 'TLS is up',
  finish: 'FIN',
  end: 'FIN came',
  reset: 'RST came',
  quit: 'closed: nothing more came',
  failed: 'failed',
};

function clientDrafts({ events }: SentConnection, words: LadderWords): Draft[] {
  const reached = { in: 0, out: 0 };
  return events.map(({ time, kind, length }): Draft => {
    if (kind !== 'write' && kind !== 'read') {
      const bad = kind === 'reset' || kind === 'failed';
      const note = kind === 'open' || kind === 'secure';
      return {
        time,
        end: 'client',
        kind: bad ? 'bad' : note ? 'note' : 'end',
        words: CLIENT_WORDS[kind] ?? kind,
      };
    }
    const direction = kind === 'write' ? 'in' : 'out';
    const from = reached[direction];
    reached[direction] += length;
    return {
      ...{ time, end: 'client', kind: 'wire' },
      words: `${kind === 'write' ? 'wrote' : 'read'} ${words.bytes(length)}`,
      moved: { direction, from, to: from + length },
    };
  });
}

/** Each run of bytes that left in one write and came in one read is an arrow. */
function arrowsOf(
  placed: readonly { readonly draft: Draft; readonly point: LadderPoint }[],
  both: boolean,
): LadderArrow[] {
  const moved = placed.flatMap(({ draft, point }) => (draft.moved ? [{ ...draft.moved, point }] : []));
  const arrows: LadderArrow[] = [];
  for (const direction of ['in', 'out'] as const) {
    const senderEnd = direction === 'in' ? 'client' : 'server';
    const ours = moved.filter((each) => each.direction === direction);
    const left = ours.filter(({ point }) => point.end === senderEnd);
    const came = ours.filter(({ point }) => point.end !== senderEnd);
    if (!both) {
      const known = direction === 'in' ? came : left;
      for (const { point, from, to } of known) {
        const y =
          direction === 'in' ? { fromY: undefined, toY: point.y } : { fromY: point.y, toY: undefined };
        arrows.push({ direction, ...y, words: `${to - from}` });
      }
      continue;
    }
    for (const a of left) {
      for (const b of came) {
        const bytes = Math.min(a.to, b.to) - Math.max(a.from, b.from);
        if (bytes > 0) arrows.push({ direction, fromY: a.point.y, toY: b.point.y, words: `${bytes}` });
      }
      if (!came.some((b) => b.from < a.to && b.to > a.from)) {
        arrows.push({ direction, fromY: a.point.y, toY: undefined, words: `${a.to - a.from}` });
      }
    }
  }
  return arrows;
}

const LONGEST = 40;

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
