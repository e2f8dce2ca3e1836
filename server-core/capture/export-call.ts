/** Writing captured traffic in a format of others: what a viewer may ask for. */
import { checkRuns, type Runs } from './runs.ts';

export interface ExportFormat {
  readonly title: string;
  /** Of the file's name. */
  readonly ending: string;
  /** What it is for and what it loses, in a sentence. */
  readonly sentence: string;
  /** It is made to be given away: cookies, credentials and addresses are removed unless they are asked for. */
  readonly redacts: boolean;
}

export const EXPORT_FORMATS = {
  har: {
    title: 'HAR',
    ending: 'har',
    sentence:
      'Messages and timings, for browsers and most tools. Loses chunks, trailers and reads and writes.',
    redacts: true,
  },
  pcapng: {
    title: 'pcapng',
    ending: 'pcapng',
    sentence:
      'Packets for Wireshark, one for each read and write; TLS is decrypted. The TCP around them is made up.',
    redacts: false,
  },
  html: {
    title: 'HTML report',
    ending: 'html',
    sentence: 'One page that opens in any browser, for people without Wirescope. Long content is cut.',
    redacts: true,
  },
  ndjson: {
    title: 'Events',
    ending: 'ndjson',
    sentence:
      'Every event, one JSON object a line, bytes as base64. Loses nothing, for programs of your own.',
    redacts: false,
  },
  combined: {
    title: 'Access log',
    ending: 'log',
    sentence: 'A line for each request, as Apache and nginx write it.',
    redacts: false,
  },
  bodies: {
    title: 'Bodies',
    ending: 'zip',
    sentence: 'The content of every answer as a file, decoded, under the path that was asked for.',
    redacts: false,
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportName = keyof typeof EXPORT_FORMATS;
export const EXPORT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportName[];

export interface ExportCall {
  readonly op: 'export';
  readonly as: ExportName;
  /** Where to write it; without, it is got once from the address in the reply. */
  readonly path?: string;
  /** A capture that is open; without, what is live. */
  readonly capture?: number;
  /** Exchanges to write; without, all. */
  readonly only?: Runs;
  /** Removes cookies, credentials and addresses. */
  readonly redact: boolean;
}

/** Checks what came over a transport; a string says in one sentence why it is no such call. */
export function checkExport({
  as,
  path,
  capture,
  only,
  redact,
}: Record<string, unknown>): ExportCall | string {
  const name = EXPORT_NAMES.find((each) => each === as);
  if (name === undefined) return `An \`export\` call needs one of ${EXPORT_NAMES.join(', ')}`;
  if (path !== undefined && (typeof path !== 'string' || path === '')) {
    return 'An `export` call needs a path, or none';
  }
  if (capture !== undefined && !Number.isSafeInteger(capture)) {
    return "An `export` call takes a capture's number, or none";
  }
  const runs = only === undefined ? undefined : checkRuns(only);
  if (typeof runs === 'string') return runs;
  return {
    ...{ op: 'export', as: name, redact: redact === true },
    ...(path !== undefined && { path }),
    ...(capture !== undefined && { capture: capture as number }),
    ...(runs !== undefined && { only: runs }),
  };
}
