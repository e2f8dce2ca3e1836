/** The load of a page as one ladder: a line for the client, and one for each connection that it took. */
import type { PageLoad } from '../store/queries/connection.ts';
import { type LadderGap, rungsOf } from './rungs.ts';

export interface PageRung {
  readonly time: number;
  readonly y: number;
  /** Index into the connections. */
  readonly column: number;
  readonly kind: 'accepted' | 'request' | 'answer' | 'end' | 'bad' | 'closed';
  readonly words: string;
}

export interface PageLadder {
  readonly rungs: readonly PageRung[];
  readonly gaps: readonly LadderGap[];
  readonly height: number;
  readonly start: number;
}

export interface PageWords {
  bytes(length: number): string;
}

type Draft = Omit<PageRung, 'y'>;

export function pageLadder({ connections, to }: PageLoad, words: PageWords): PageLadder {
  const drafts = connections.flatMap(({ connection, exchanges }, column): Draft[] => {
    const { openedTime, closedTime, conn } = connection;
    const at = (time: number | undefined, kind: PageRung['kind'], said: string): Draft[] =>
      time === undefined || time > to ? [] : [{ time, column, kind, words: said }];
    return [
      ...at(openedTime, 'accepted', `accepted c${conn}`),
      ...exchanges.flatMap(
        ({ method, target, status, responseBytes, fault, phase, headTime, responseTime, endTime }) => [
          ...at(fault === undefined ? headTime : undefined, 'request', `${method} ${short(target)}`),
          ...at(responseTime, 'answer', `${status ?? ''} begins`.trim()),
          ...at(
            endTime,
            phase === 'aborted' || fault !== undefined ? 'bad' : 'end',
            endWords(phase, words.bytes(responseBytes), short(target)),
          ),
        ],
      ),
      ...at(closedTime, 'closed', `closed c${conn}`),
    ];
  });
  // Of the same microsecond in the order of the connections.
  const order = drafts.toSorted((a, b) => a.time - b.time);
  const { ys, gaps, height } = rungsOf(order.map(({ time }) => time));
  return {
    rungs: order.map((draft, n) => ({ ...draft, y: ys[n]! })),
    ...{ gaps, height },
    start: order[0]?.time ?? 0,
  };
}

function endWords(phase: string, bytes: string, target: string): string {
  return phase === 'aborted' ? `aborted ${target}` : `${bytes} of ${target}`;
}

const LONGEST = 26;

function short(text: string): string {
  return text.length > LONGEST ? `…${text.slice(1 - LONGEST)}` : text;
}
