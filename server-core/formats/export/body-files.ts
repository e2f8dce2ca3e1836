/** The content of each answer as a file of its own, under a name that is safe on every system. */
import type { AssembledExchange } from './assembled-exchange.ts';
import { type ContentTools, plainContent } from './content.ts';
import { readResponse } from './read-message.ts';

export interface BodyFile {
  /** Below the folder, with slashes between its parts. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
}

const MOST_PART = 100;
const MOST_PARTS = 16;
/** Names of devices, with any ending: learn.microsoft.com/windows/win32/fileio/naming-a-file. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Content without its codings; answers without any are passed over. A name that comes again gets a number. */
export async function* bodyFiles(
  exchanges: AsyncIterable<AssembledExchange>,
  epochMs: number,
  tools: ContentTools,
): AsyncGenerator<BodyFile> {
  const taken: Taken = { names: new Set(), numbers: new Map() };
  for await (const exchange of exchanges) {
    const { fields, content } = readResponse(exchange);
    if (content.length === 0) continue;
    const { bytes } = await plainContent(fields, content, tools);
    const name = unused(safeName(exchange.request?.target ?? '', exchange.response?.mediaType ?? ''), taken);
    yield { name, bytes, timeMs: epochMs + exchange.beginTime / 1000 };
  }
}

/** A path below a folder for a request-target: it cannot leave the folder, name a device, or hide. */
export function safeName(target: string, mediaType: string): string {
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').split(/[?#]/, 1)[0]!;
  const parts = path
    .split('/')
    .map(decoded)
    .flatMap((part) => part.split(/[/\\]/))
    .map(safePart)
    .filter((part) => part !== '');
  if (parts.length === 0 || path.endsWith('/'))
    parts.push(mediaType === 'text/html' || mediaType === '' ? 'index.html' : 'index');
  return parts.slice(-MOST_PARTS).join('/');
}

function safePart(part: string): string {
  const plain = part
    .replace(/[\0-\x1f\x7f-\x9f<>:"|?*\u202a-\u202e\u2066-\u2069]/g, '_')
    // A leading dot hides, and a trailing dot or blank is dropped by Windows.
    .replace(/^[. ]+|[. ]+$/g, '');
  const short = plain.length <= MOST_PART ? plain : `${plain.slice(0, MOST_PART - 12)}~${plain.slice(-11)}`;
  return DEVICE.test(short) ? `_${short}` : short;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface Taken {
  /** In lower case, behind `file ` or `folder `. */
  readonly names: Set<string>;
  /** The number that a name got last: a load test asks for one thing a hundred thousand times. */
  readonly numbers: Map<string, number>;
}

/** Two names that differ in case only are one on macOS and Windows; a file cannot be a folder, too. */
function unused(name: string, { names: taken, numbers }: Taken): string {
  const parts = name.split('/');
  for (let i = 1; i < parts.length; i++) {
    // What is a file already becomes a folder of another name.
    while (taken.has(`file ${parts.slice(0, i).join('/').toLowerCase()}`)) parts[i - 1] += '_';
  }
  const last = parts.pop()!;
  const folder = parts.map((part) => `${part}/`).join('');
  const dot = last.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [last.slice(0, dot), last.slice(dot)] : [last, ''];
  const plain = `${folder}${last}`.toLowerCase();
  let number = numbers.get(plain) ?? 1;
  let found = last;
  const isTaken = (each: string) => {
    const key = `${folder}${each}`.toLowerCase();
    return taken.has(`file ${key}`) || taken.has(`folder ${key}`);
  };
  while (isTaken(found)) found = `${stem} (${++number})${ending}`;
  numbers.set(plain, number);
  for (let i = 1; i <= parts.length; i++) taken.add(`folder ${parts.slice(0, i).join('/').toLowerCase()}`);
  taken.add(`file ${`${folder}${found}`.toLowerCase()}`);
  return folder + found;
}
