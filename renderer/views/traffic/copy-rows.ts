/** Chosen rows on the clipboard. Each function says in one sentence what it did. */
import { formatCount } from '../../geometry/quantities.ts';
import type { Store } from '../../store/queries/store.ts';

/** Each command reads its request from the host; more than a shell script of so many lines nobody runs. */
const MOST_COMMANDS = 100;
const REFUSED = 'The browser did not let the window use the clipboard';

export async function copyTable(store: Store, chosen: ReadonlySet<number>): Promise<string> {
  const text = await store.rowsText([...chosen]);
  return (await wrote(text)) ? `Copied ${rows(chosen.size)} as a table` : REFUSED;
}

export async function copyCommands(store: Store, chosen: ReadonlySet<number>): Promise<string> {
  const taken = [...chosen].slice(0, MOST_COMMANDS);
  const results = await Promise.allSettled(taken.map((id) => store.curl(id)));
  const commands = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.command] : []));
  if (commands.length === 0)
    return 'None of them can be repeated: their bytes were trimmed, or never made sense';
  if (!(await wrote(`${commands.join('\n')}\n`))) return REFUSED;
  const left = chosen.size - commands.length;
  return `Copied ${rows(commands.length)} as cURL${left > 0 ? `; ${formatCount(left)} left out` : ''}`;
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
