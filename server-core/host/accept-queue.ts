/**
 * Connections that the system has completed and nobody has accepted yet. Linux tells: the receive queue of a socket that
 * listens counts them (proc(5), /proc/net/tcp). Elsewhere there is no file for it, and nothing is guessed.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
/** TCP_LISTEN, as the table writes it. */
const LISTEN = '0A';
const PIECE_BYTES = 4096;
const piece = Buffer.alloc(PIECE_BYTES);

/** Those that wait at each of the ports, which this machine's loopback or network addresses may share; undefined where it cannot be known. */
export function acceptQueues(ports: ReadonlySet<number>): ReadonlyMap<number, number> | undefined {
  if (process.platform !== 'linux') return undefined;
  const queues = new Map<number, number>();
  for (const table of TABLES) {
    try {
      readListening(table, (port, waiting) => {
        if (ports.has(port)) queues.set(port, (queues.get(port) ?? 0) + waiting);
      });
    } catch {
      // Without IPv6 there is no second table; where /proc is hidden there is none.
      if (table === TABLES[0]) return undefined;
    }
  }
  return queues;
}

/** Sockets that listen stand first, so that the table, a line for each connection, need not be read to its end. */
function readListening(table: string, visit: (port: number, waiting: number) => void): void {
  const file = openSync(table, 'r');
  try {
    let rest = '';
    for (let first = true; ; first = false) {
      const length = readSync(file, piece);
      if (length === 0) return;
      const lines = (rest + piece.toString('latin1', 0, length)).split('\n');
      rest = lines.pop()!;
      // The first line names the columns.
      for (const line of first ? lines.slice(1) : lines) {
        const [, local = '', , state, queues = ''] = line.trim().split(/\s+/);
        if (state !== LISTEN) return;
        visit(portOf(local), Number.parseInt(queues.slice(queues.indexOf(':') + 1), 16));
      }
    }
  } finally {
    closeSync(file);
  }
}

/** `0100007F:1F90` */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
