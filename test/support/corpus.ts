/** Requests of other projects' test suites, where a folder with them is given: WIRESCOPE_CORPUS=folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.WIRESCOPE_CORPUS;

export const HAS_CORPUS = folder !== undefined;

export interface CorpusRequest {
  readonly id: string;
  readonly bytes: Uint8Array;
}

interface Row {
  readonly id: string;
  readonly kind?: string;
  readonly type?: string;
  readonly bytes_b64: string;
  /** The same with a Host, where the suite's own has none. */
  readonly bytes_host_b64?: string;
}

/** Every request of every file, a suite's own variants for servers included. Empty without the folder. */
export function corpusRequests(host = 'localhost'): CorpusRequest[] {
  if (folder === undefined) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const rows = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Row[];
    return rows.filter(isRequest).flatMap(({ id, bytes_b64, bytes_host_b64 }) =>
      [bytes_b64, bytes_host_b64]
        .filter((base64) => base64 !== undefined)
        .map((base64) => {
          const text = Buffer.from(base64, 'base64').toString('latin1').replaceAll('@HOSTHDR@', host);
          return { id: `${file} ${id}`, bytes: Buffer.from(text, 'latin1') };
        }),
    );
  });
}

function isRequest({ kind, type }: Row): boolean {
  return (kind ?? type ?? 'request').startsWith('request');
}
