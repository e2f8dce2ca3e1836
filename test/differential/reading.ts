/** What a reader of requests made of a stream of bytes, in a form in which two readers can be compared. */

export interface ReadMessage {
  readonly method: string;
  readonly target: string;
  /** Lines as received, `name: value`, one char per byte. */
  readonly fields: readonly string[];
  readonly trailers: readonly string[];
  /** Content, one char per byte. */
  readonly content: string;
  readonly keepAlive: boolean;
}

export interface Reading {
  /** Those that were read to their end. */
  readonly messages: readonly ReadMessage[];
  /** What came behind them: nothing more (`ends`), a message that the close cut short (`waits`), or a fault's name. */
  readonly ending: string;
}

/**
 * Where two readings part, as `ours | theirs`; undefined when they agree. A side that takes the message there
 * `reads` it; else it is named by its ending.
 *
 * That one refuses where the other still waits is one class whatever the fault: neither took the message.
 */
export function parting(ours: Reading, theirs: Reading): string | undefined {
  for (let i = 0; ; i++) {
    const a = ours.messages[i];
    const b = theirs.messages[i];
    if (a && b) {
      const tunnel = mayTunnel(a);
      const part = (tunnel ? HEAD : ALL).find((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
      if (part !== undefined) return `reads | reads another ${part}`;
      if (tunnel) return undefined;
      continue;
    }
    if (a || b) return `${a ? 'reads' : ours.ending} | ${b ? 'reads' : theirs.ending}`;
    if (isRefusal(ours) && isRefusal(theirs)) return undefined;
    if (isRefusal(ours)) return theirs.ending === 'waits' ? 'refuses | waits' : `${ours.ending} | ends`;
    if (ours.ending === 'waits' && isRefusal(theirs)) return 'waits | refuses';
    return ours.ending === theirs.ending ? undefined : `${ours.ending} | ${theirs.ending}`;
  }
}

const HEAD = ['method', 'target', 'fields'] as const;
const ALL = [...HEAD, 'content', 'trailers', 'keepAlive'] as const;

/** Behind these node hands the connection over, or drops what it has; ours leaves that to whoever answers. */
function mayTunnel({ method, fields }: ReadMessage): boolean {
  return method === 'CONNECT' || fields.some((line) => /^upgrade:/i.test(line));
}

/** Two readers need not name a fault alike. */
function isRefusal({ ending }: Reading): boolean {
  return ending !== 'ends' && ending !== 'waits';
}
