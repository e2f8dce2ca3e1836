/** Chosen rows on the clipboard. Each function says in one sentence what it did. */
import { formatCount } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import type { RepeatForm } from '../../store/queries/repeat.ts';
import type { Store } from '../../store/queries/store.ts';

/** Each command reads its request from the host; more than a shell script of so many lines nobody runs. */
const MOST_COMMANDS = 100;
/** More than this is no text to paste anywhere. */
const MOST_BYTES = 4 * 1024 * 1024;
const REFUSED = 'The browser did not let the window use the clipboard';

export const REPEAT_NAMES: Readonly<Record<RepeatForm, string>> = {
  curl: 'cURL',
  'curl-cmd': 'cURL for cmd',
  powershell: 'PowerShell',
  fetch: 'fetch',
  httpie: 'HTTPie',
  netcat: 'printf and nc, byte for byte',
};

export async function copyText(text: string): Promise<string> {
  return (await wrote(text)) ? 'Copied' : REFUSED;
}

export async function copyTable(store: Store, chosen: ReadonlySet<number>): Promise<string> {
  const text = await store.rowsText([...chosen]);
  return (await wrote(text)) ? `Copied ${rows(chosen.size)} as a table` : REFUSED;
}

/** Where what is sent will differ from a single request, that is told as well. */
export async function copyCommands(
  store: Store,
  chosen: ReadonlySet<number>,
  form: RepeatForm = 'curl',
): Promise<string> {
  const taken = [...chosen].slice(0, MOST_COMMANDS);
  const results = await Promise.allSettled(taken.map((id) => store.repeat(id, form)));
  const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [first] = made;
  if (first === undefined) {
    const [failed] = results;
    if (results.length === 1 && failed?.status === 'rejected') return (failed.reason as Error).message;
    return 'None of them can be repeated: their bytes were trimmed, or never made sense';
  }
  if (!(await wrote(`${made.map(({ command }) => command).join('\n')}\n`))) return REFUSED;
  const name = REPEAT_NAMES[form];
  if (chosen.size === 1) return [`Copied as ${name}`, ...first.notes].join('. ');
  const left = chosen.size - made.length;
  return `Copied ${rows(made.length)} as ${name}${left > 0 ? `; ${formatCount(left)} left out` : ''}`;
}

/** The bytes of messages as text, one after the other. */
export async function copyMessages(
  store: Store,
  exchange: number,
  sides: readonly ('in' | 'out')[],
): Promise<string> {
  try {
    const all = await Promise.all(sides.map((side) => store.readBytes(exchange, side, 0, MOST_BYTES + 1)));
    if (all.some(({ length }) => length > MOST_BYTES)) return 'It is longer than 4 MB: save it instead';
    const text = all.map((bytes) => new TextDecoder().decode(bytes)).join('\n');
    return (await wrote(text)) ? `Copied the ${sides.map((side) => SIDES[side]).join(' and the ')}` : REFUSED;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Start line and fields of a message as text. */
export async function copyHead(store: Store, exchange: number, side: 'in' | 'out'): Promise<string> {
  const detail = await readDetail(store, exchange);
  const message: MessageView | undefined = side === 'in' ? detail?.request : detail?.response;
  if (message?.bytes === undefined) return 'Its bytes were trimmed';
  const head = new TextDecoder().decode(message.bytes.subarray(0, message.headLength));
  return (await wrote(head)) ? `Copied the head of the ${SIDES[side]}` : REFUSED;
}

const SIDES = { in: 'request', out: 'response' } as const;

function readDetail(store: Store, exchange: number): Promise<DetailResult | undefined> {
  return new Promise((resolve) => {
    // The answer comes in a later task, when `watch` is set.
    const watch = store.watchDetail(exchange, (detail) => {
      watch.close();
      resolve(detail);
    });
  });
}

async function wrote(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function rows(count: number): string {
  return count === 1 ? '1 request' : `${formatCount(count)} requests`;
}
