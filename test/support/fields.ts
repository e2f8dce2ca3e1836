import type { Http1Sink, RequestHead } from '../../server-core/wire/http1/events.ts';
import type { Fields } from '../../server-core/wire/http1/fields.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** The head of a request as the parser reads it. Texts have one char per byte. Throws on what it refuses. */
export function parsedHead(method: string, target: string, pairs: Pairs): RequestHead {
  let head: RequestHead | undefined;
  const sink: Http1Sink = {
    span() {},
    begin() {},
    head(parsed) {
      if (parsed.role === 'request') head = parsed;
    },
    body() {},
    trailers() {},
    end() {},
    fault(fault) {
      throw new Error(`${fault.code} at byte ${fault.at}`);
    },
  };
  // Limits and leniencies are the connection's to choose; a handler must stand anything that may get through.
  const parser = new Http1Parser('request', sink, {
    maxTargetBytes: 1_000_000,
    maxHeadBytes: 1_000_000,
    allowAnyHost: true,
    allowObsTextInTarget: true,
  });
  const lines = pairs.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  parser.push(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1'));
  if (head === undefined) throw new Error('The head is not complete');
  return head;
}

/** Field lines in this order, as the parser gives them. */
export function parsedFields(pairs: Pairs): Fields {
  return parsedHead('GET', '/', [['Host', 'localhost'], ...pairs]).fields;
}
