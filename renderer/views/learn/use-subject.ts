/** A captured message as the parser is to read it again: the same bytes, and the settings under which they were served. */
import { useMemo } from 'react';
import type { Direction } from '../../../server-core/capture/events.ts';
import type { Subject } from '../../learn/tape.ts';
import type { Cut, DetailResult, MessageView } from '../../store/queries/detail.ts';
import { useDetail, useStoreState } from '../shell/store-context.tsx';

export interface CapturedSubject {
  readonly detail: DetailResult;
  readonly subject: Subject;
  readonly cuts: readonly Cut[];
  /** Bytes of the whole message; more than the subject has where it was cut. */
  readonly length: number;
}

export type Captured = CapturedSubject | 'waiting' | 'trimmed' | 'no-message' | undefined;

export function useSubject(exchange: number | undefined, side: Direction): Captured {
  const detail = useDetail(exchange);
  const { servers } = useStoreState('servers');
  const ready = typeof detail === 'object' && detail.row.id === exchange ? detail : undefined;
  const message = side === 'in' ? ready?.request : ready?.response;
  const server = servers.find(({ id }) => id === ready?.row.server);
  // We know what raw bytes name in a folder; they are refused where another server is behind us.
  const lenient = side === 'in' && !/^https?:/.test(server?.root ?? '');
  return useMemo(() => {
    if (exchange === undefined) return undefined;
    if (detail === 'trimmed') return 'trimmed';
    if (!ready) return 'waiting';
    if (!message) return 'no-message';
    if (message.bytes === undefined) return 'trimmed';
    const subject = subjectOf(ready, message, message.bytes, lenient);
    return { detail: ready, subject, cuts: message.cuts, length: message.length };
  }, [exchange, detail, ready, message, lenient]);
}

function subjectOf(detail: DetailResult, message: MessageView, bytes: Uint8Array, lenient: boolean): Subject {
  const { row, request, response } = detail;
  const find = (name: string) =>
    response?.fields.find((field) => field.name.toLowerCase() === name)?.value.toLowerCase() ?? '';
  const switched = row.status === 101 && find('upgrade') === 'websocket';
  return {
    role: message === request ? 'request' : 'response',
    bytes,
    leniencies: lenient ? { allowObsTextInTarget: true } : {},
    answers: [row.method || 'GET'],
    frames: switched ? 'taken' : 'never',
    deflate: /\bpermessage-deflate\b/.test(find('sec-websocket-extensions')),
    closed: endsInClose(detail, message, bytes),
  };
}

/** Whether the last byte was followed by the end of the stream: it is cut short, or nothing else tells its end. */
function endsInClose({ row, connection }: DetailResult, message: MessageView, bytes: Uint8Array): boolean {
  if (bytes.length < message.length || connection.closedTime === undefined) return false;
  const { code } = message.fault ?? {};
  if (code === 'connection-closed-early' || code === 'ws-closed-early') return true;
  const framed = message.fields.some(({ name }) => /^(content-length|transfer-encoding)$/i.test(name));
  return (
    message.direction === 'out' &&
    !framed &&
    row.status !== 204 &&
    row.status !== 304 &&
    row.method !== 'HEAD'
  );
}
