/** Requests as they were captured, sent again to the server that had them. */
import { SEND_LIMITS } from '../../../server-core/capture/send-call.ts';
import { toBase64 } from '../../learn/send-cuts.ts';
import type { SendPlan, Store } from '../../store/queries/store.ts';

export interface SentAgain {
  /** What was done, or why not. */
  readonly sentence: string;
  /** The new exchange, where the log has it already. */
  readonly exchange?: number;
}

/** How long the new row is waited for: the answer has come, and so the log has it, but the window may be behind. */
const PATIENCE_MS = 10_000;
/** A server may accept before our end hears of it; a port is used again much later. */
const BEFORE_MICROS = 1e6;
/** In one write, over one connection; who answers slowly is waited for as long as Compose waits at most. */
const AS_IT_WAS = {
  cuts: [],
  pauseMs: 0,
  connections: 1,
  times: 1,
  inTurn: true,
  halfClose: false,
  patienceMs: SEND_LIMITS.patienceMs,
  plain: false,
} as const satisfies Omit<SendPlan, 'server' | 'bytes'>;

/** Byte for byte, over a connection of its own. */
export async function sendAgain(store: Store, exchange: number): Promise<SentAgain> {
  const { servers, captures } = store.state();
  if (captures.some(({ shown }) => shown)) {
    return { sentence: 'What is shown was captured before: Compose sends it to a server of now' };
  }
  const [row] = await store.rowsFrom(exchange, 1);
  const server = servers.find(({ id, status }) => id === row?.server && status === 'running');
  if (row?.id !== exchange || server === undefined)
    return { sentence: 'Its server is not running: start it first' };
  try {
    const bytes = await store.readBytes(exchange, 'in', 0, SEND_LIMITS.bytes + 1);
    if (bytes.length > SEND_LIMITS.bytes)
      return { sentence: 'It is too long to be sent again: at most 64 KiB are' };
    const { connections } = await store.send({ ...AS_IT_WAS, server: server.id, bytes: toBase64(bytes) });
    const sent = connections[0]!;
    if (sent.problem !== undefined) return { sentence: sent.problem };
    const found = await newExchange(store, sent.localPort, (sent.events[0]?.time ?? 0) - BEFORE_MICROS);
    if (found === undefined) return { sentence: 'Sent again' };
    return { sentence: `Sent again, as #${found}`, exchange: found };
  } catch (error) {
    return { sentence: error instanceof Error ? error.message : String(error) };
  }
}

/** Of several, in their order; each waits for the answer to the one before. */
export async function sendAllAgain(store: Store, exchanges: readonly number[]): Promise<SentAgain> {
  const results: SentAgain[] = [];
  for (const exchange of exchanges.slice(0, SEND_LIMITS.times))
    results.push(await sendAgain(store, exchange));
  const last = results.at(-1)!;
  if (results.length === 1) return last;
  const done = results.filter((result) => result.exchange !== undefined).length;
  const failed = results.find((result) => result.exchange === undefined);
  return { ...last, sentence: `${done} sent again${failed ? `. ${failed.sentence}` : ''}` };
}

/** The exchange of a connection that came from a port since a time. */
async function newExchange(store: Store, port: number, since: number): Promise<number | undefined> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const ladder = await store.ladder({ port, since });
    const exchange = ladder?.exchanges[0]?.id;
    if (exchange !== undefined) return exchange;
    await nextState(store);
  }
  return undefined;
}

function nextState(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      leave();
      resolve();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    const leave = store.subscribe(done);
  });
}
