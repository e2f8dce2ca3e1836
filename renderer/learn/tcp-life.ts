/**
 * The life of a connection as TCP has it (RFC 9293 §3.3.2), from the server's end: what a program is told of it, and
 * what only the kernel knows.
 */
import type { CloseReason } from '../../server-core/capture/events.ts';
import type { SentConnection } from '../../server-core/capture/send-call.ts';
import type { ConnectionView } from '../store/queries/connection.ts';

export type TcpState =
  | 'LISTEN'
  | 'SYN-RECEIVED'
  | 'ESTABLISHED'
  | 'CLOSE-WAIT'
  | 'LAST-ACK'
  | 'FIN-WAIT'
  | 'TIME-WAIT'
  | 'CLOSED';

export interface TcpStage {
  readonly state: TcpState;
  readonly sentence: string;
  /** When it began, as far as a program is told; undefined where it is not. */
  readonly from: number | undefined;
  /** A program cannot see it: only that it must have been so. */
  readonly unseen: boolean;
}

type Closing = 'client' | 'server' | 'reset' | 'unknown';

/** Which end closed first. */
const CLOSERS: Readonly<Record<CloseReason, Closing>> = {
  'client-fin': 'client',
  'server-fin': 'server',
  'client-reset': 'reset',
  'server-reset': 'reset',
  'head-timeout': 'server',
  'idle-timeout': 'server',
  'write-timeout': 'reset',
  'body-timeout': 'server',
  'server-stop': 'server',
  error: 'unknown',
  'tls-error': 'unknown',
  'worker-died': 'unknown',
};

export function tcpLife(connection: ConnectionView, sent: SentConnection | undefined): readonly TcpStage[] {
  const { openedTime, closedTime, closeReason } = connection;
  const stages: TcpStage[] = [
    stage(
      'LISTEN',
      'The socket that waits for connections. It stays in this state; each connection is a socket of its own.',
    ),
    stage(
      'SYN-RECEIVED',
      'SYN came and SYN ACK went. The kernel does this alone, also while the program is busy.',
      undefined,
      true,
    ),
    stage(
      'ESTABLISHED',
      'ACK came, and accept gave the socket to the server. Both ends may send.',
      openedTime,
    ),
  ];
  if (closeReason === undefined) return stages;
  const closing = CLOSERS[closeReason];
  if (closing === 'client') {
    const fin = sent?.events.find(({ kind }) => kind === 'finish' || kind === 'quit')?.time;
    stages.push(
      stage(
        'CLOSE-WAIT',
        'The client sent FIN: it is half-closed. It sends no more, and the server may still answer.',
        fin,
      ),
      stage('LAST-ACK', 'The FIN of the server went, and its ACK is awaited.', undefined, true),
    );
  } else if (closing === 'server') {
    const end = sent?.events.find(({ kind }) => kind === 'end')?.time;
    stages.push(
      stage('FIN-WAIT', 'The server sent FIN: it is half-closed until the client sends its own.', end),
      stage(
        'TIME-WAIT',
        'The kernel keeps the pair of ports for a minute or so, lest late packets meet a new connection.',
        undefined,
        true,
      ),
    );
  }
  stages.push(stage('CLOSED', CLOSED_WORDS[closing], closedTime));
  return stages;
}

const CLOSED_WORDS: Readonly<Record<Closing, string>> = {
  client: 'The server has let go of the socket.',
  server: 'The server has let go of the socket; the kernel still knows of it.',
  reset: 'RST: both ends forget it at once, and what was on its way is lost.',
  unknown: 'The socket failed. Which end gave up first is not told.',
};

function stage(state: TcpState, sentence: string, from?: number, unseen = false): TcpStage {
  return { state, sentence, from, unseen };
}
