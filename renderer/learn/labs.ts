/**
 * Tasks that check themselves: each step is done when traffic shows it, whoever made that traffic and with what. A
 * step looks at rows as the list has them, so that anything it asks for can be seen there too.
 */
import type { FaultCode } from '../../server-core/wire/faults.ts';
import type { Row } from '../store/queries/list.ts';

export interface LabStep {
  readonly id: string;
  readonly task: string;
  /** Shown for the step in hand only. */
  readonly hint: string;
  /** A request of the gallery that does it, to send as it is or to change. */
  readonly specimen?: string;
  /**
   * The exchange that shows it.
   *
   * @param rows in the order of time; those of one connection are not always neighbours
   */
  find(rows: readonly Row[]): Row | undefined;
}

export interface Lab {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly LabStep[];
}

type Fits = (row: Row) => boolean;

const answered =
  (status: number, method?: string): Fits =>
  (row) =>
    row.phase === 'complete' && row.status === status && (method === undefined || row.method === method);

const refused = (...codes: readonly FaultCode[]) => ({
  find: (rows: readonly Row[]) => rows.find(({ fault }) => fault !== undefined && codes.includes(fault)),
});

const first = (fits: Fits) => ({ find: (rows: readonly Row[]) => rows.find(fits) });

/** Two exchanges, one after the other, that fit together. */
const pair = (fits: (earlier: Row, later: Row) => boolean) => ({
  find: (rows: readonly Row[]) =>
    rows.find((later, n) => rows.slice(0, n).some((earlier) => fits(earlier, later))),
});

export const LABS: readonly Lab[] = [
  {
    id: 'first',
    name: 'The first request',
    steps: [
      {
        id: 'get',
        task: 'Get a page and have it answered 200',
        hint: 'Open the address of a server in a browser, or ask with curl.',
        specimen: 'get',
        ...first(answered(200, 'GET')),
      },
      {
        id: 'not-found',
        task: 'Ask for something that is not there',
        hint: 'Any path that is no file. “Why” in its detail says what was looked for.',
        ...first(answered(404)),
      },
      {
        id: 'head',
        task: 'Ask for the head of an answer only',
        hint: 'The method is HEAD; curl -I sends it.',
        specimen: 'head',
        ...first(answered(200, 'HEAD')),
      },
      {
        id: 'method',
        task: 'Use a method that is not allowed there',
        hint: 'A folder is read, not written to: try POST or DELETE. The answer lists what is allowed.',
        ...first(answered(405)),
      },
    ],
  },
  {
    id: 'conditional',
    name: 'Conditional GET',
    steps: [
      {
        id: 'not-modified',
        task: 'Make a request that is answered 304',
        hint: 'Reload a page in a browser, or send If-None-Match with the ETag of an earlier answer.',
        specimen: 'conditional',
        ...first(answered(304)),
      },
      {
        id: 'revalidated',
        task: 'Get a file, and later the same one as 304',
        hint: 'Same path twice: first without a condition, then with one.',
        ...pair((earlier, later) => answered(200)(earlier) && answered(304)(later) && same(earlier, later)),
      },
      {
        id: 'failed',
        task: 'Have a condition fail, so that the answer is 412',
        hint: 'If-Match with an ETag that the file does not have.',
        ...first(answered(412)),
      },
    ],
  },
  {
    id: 'ranges',
    name: 'Parts of a file',
    steps: [
      {
        id: 'partial',
        task: 'Get a part of a file',
        hint: 'Range: bytes=0-9 asks for the first ten bytes.',
        specimen: 'range',
        ...first(answered(206)),
      },
      {
        id: 'outside',
        task: 'Get a 416',
        hint: 'Ask for bytes that the file does not have.',
        specimen: 'range-outside',
        ...first(answered(416)),
      },
      {
        id: 'several',
        task: 'Get two parts in one answer',
        hint: 'Two ranges with a comma between them: the answer is multipart/byteranges.',
        ...first((row) => answered(206)(row) && row.mediaType.startsWith('multipart/byteranges')),
      },
    ],
  },
  {
    id: 'connections',
    name: 'One connection and many',
    steps: [
      {
        id: 'kept',
        task: 'Send two requests on one connection',
        hint: 'HTTP/1.1 keeps it open unless someone says close. curl takes several addresses.',
        specimen: 'pipeline',
        ...pair((earlier, later) => later.conn === earlier.conn),
      },
      {
        id: 'pipelined',
        task: 'Send the second one before the first is answered',
        hint: 'Both requests in one write. Look at the reads in Bytes: one read, two requests.',
        specimen: 'pipeline',
        ...pair(
          (earlier, later) =>
            later.conn === earlier.conn &&
            later.id === earlier.id + 1 &&
            later.responseBytes > 0 &&
            later.beginTime <= (earlier.endTime ?? 0) + SAME_READ_MICROS,
        ),
      },
      {
        id: 'six',
        task: 'Have six connections open requests at the same time',
        hint: 'A page with many pictures does it, or six connections in Compose, line by line with a pause.',
        find: (rows) =>
          rows.find((row, n) => atOnce(rows.slice(Math.max(0, n - MOST_AT_ONCE), n + 1), row) >= 6),
      },
      {
        id: 'slow',
        task: 'Take more than a second to send one head',
        hint: 'Compose cuts a request into writes with a pause between them.',
        specimen: 'slowloris',
        ...first(({ beginTime, headTime }) => headTime !== undefined && headTime - beginTime > 1e6),
      },
    ],
  },
  {
    id: 'framing',
    name: 'Where a request ends',
    steps: [
      {
        id: 'lengths',
        task: 'Have two lengths refused',
        hint: 'Content-Length twice in one head.',
        specimen: 'two-lengths',
        ...refused('content-length-duplicate'),
      },
      {
        id: 'smuggled',
        task: 'Have the server refuse a smuggled request',
        hint: 'Content-Length and Transfer-Encoding in one head, each with another end in mind.',
        specimen: 'cl-te',
        ...refused(
          'content-length-with-transfer-encoding',
          'chunked-not-final',
          'transfer-encoding-in-http10',
        ),
      },
      {
        id: 'chunk',
        task: 'Send a chunk size that is refused',
        hint: 'Sizes are bare hexadecimal digits. Step through it and see what may come.',
        specimen: 'bad-chunk',
        ...refused('chunk-size-invalid', 'chunk-size-too-large'),
      },
      {
        id: 'short',
        task: 'Send a chunk that does not end where its size says',
        hint: 'Count the bytes of the chunk, and say another number.',
        specimen: 'short-chunk',
        ...refused('chunk-end-missing'),
      },
    ],
  },
  {
    id: 'lines',
    name: 'Lines and fields',
    steps: [
      {
        id: 'no-host',
        task: 'Leave out the one field that is required',
        hint: 'RFC 9112 §3.2 names it.',
        specimen: 'no-host',
        ...refused('host-missing'),
      },
      {
        id: 'bare-lf',
        task: 'End a line with LF alone',
        hint: 'Shift Enter in the editor. Then run it in the parser with the leniency “Bare LF”.',
        specimen: 'bare-lf',
        ...refused('bare-lf'),
      },
      {
        id: 'fold',
        task: 'Fold a field over two lines',
        hint: 'The second line begins with a space.',
        specimen: 'obs-fold',
        ...refused('obs-fold'),
      },
      {
        id: 'large',
        task: 'Get a 431',
        hint: 'A head of more than 32 768 bytes, or more than 100 fields.',
        specimen: 'huge-field',
        ...refused('head-too-large', 'too-many-fields'),
      },
    ],
  },
  {
    id: 'protocols',
    name: 'Who is speaking?',
    steps: [
      {
        id: 'http09',
        task: 'Speak HTTP/0.9',
        hint: 'A request line without a version.',
        specimen: 'http09',
        ...refused('version-missing'),
      },
      {
        id: 'tls',
        task: 'Speak TLS to a plain port',
        hint: 'Ask for https:// where http:// is served: the browser fails, and the row here says why.',
        specimen: 'tls',
        ...refused('tls-on-plain-port'),
      },
      {
        id: 'rebinding',
        task: 'Be told that the server is not the one you mean',
        hint: 'Host names another site: the answer is 421.',
        specimen: 'foreign-host',
        ...first(answered(421)),
      },
    ],
  },
];

/** Rows that a step may have to look back over. */
export const LOOK_BACK = 1000;

export interface Evidence {
  readonly exchange: number;
  /** Microseconds since the log's epoch. */
  readonly time: number;
}

/** What the steps that are not done yet have found in these rows, by `lab/step`. */
export function checkLabs(rows: readonly Row[], isDone: (key: string) => boolean): Map<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const lab of LABS) {
    for (const step of lab.steps) {
      const key = stepKey(lab, step);
      if (isDone(key)) continue;
      const row = step.find(rows);
      if (row) found.set(key, { exchange: row.id, time: row.endTime ?? row.beginTime });
    }
  }
  return found;
}

export function stepKey(lab: Lab, step: LabStep): string {
  return `${lab.id}/${step.id}`;
}

/** Requests of one read are begun when it is their turn, right behind the answer to the one before. */
const SAME_READ_MICROS = 200;
const MOST_AT_ONCE = 64;

function same(a: Row, b: Row): boolean {
  return a.server === b.server && a.target === b.target && a.id !== b.id;
}

/** Connections that had a request under way when this one began. */
function atOnce(rows: readonly Row[], { beginTime }: Row): number {
  const under = rows.filter(
    (row) => row.beginTime <= beginTime && (row.endTime ?? Number.POSITIVE_INFINITY) > beginTime,
  );
  return new Set(under.map(({ conn }) => conn)).size;
}
