/** Exchanges in the order in which they began, though they end in another; what waits for its turn is bounded. */
import type { CaptureEvent } from '../../capture/events.ts';
import type { AssembledExchange } from './assembled-exchange.ts';
import { Assembler } from './assembler.ts';

/** Beyond it those that wait go first: a WebSocket may be open from the first minute to the last. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** What one takes besides its bytes, about. */
const OVERHEAD = 2048;

/** `wants` says which are given; the events come with their payloads. */
export async function* exchangesInOrder(
  events: AsyncIterable<readonly CaptureEvent[]>,
  wants: (exchange: number) => boolean,
  mostWaiting = MOST_WAITING_BYTES,
): AsyncGenerator<AssembledExchange> {
  const assembler = new Assembler();
  let waiting: AssembledExchange[] = [];
  let bytes = 0;
  /** Those that began before all that is not over. */
  const due = (all: boolean): AssembledExchange[] => {
    waiting.sort((a, b) => a.exchange - b.exchange);
    const oldest = all ? undefined : assembler.oldest;
    const end =
      oldest === undefined ? waiting.length : waiting.findIndex(({ exchange }) => exchange > oldest);
    const ready = waiting.splice(0, end < 0 ? waiting.length : end);
    bytes = waiting.reduce((sum, each) => sum + sizeOf(each), 0);
    return ready;
  };
  for await (const batch of events) {
    for (const event of batch) {
      for (const exchange of assembler.take(event)) {
        if (!wants(exchange.exchange)) continue;
        waiting.push(exchange);
        bytes += sizeOf(exchange);
      }
      if (bytes > mostWaiting) yield* due(true);
    }
    yield* due(false);
  }
  waiting = [...waiting, ...assembler.rest().filter(({ exchange }) => wants(exchange))];
  yield* due(true);
}

function sizeOf({ sent, received }: AssembledExchange): number {
  return sent.bytes.length + received.bytes.length + OVERHEAD;
}
