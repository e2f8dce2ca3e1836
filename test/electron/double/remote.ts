/** The test's hand in the main process: it sends the text of a function, as Playwright's `_electron` does. */
import { runInThisContext } from 'node:vm';
import { announcePaths } from './browser-window.ts';
import { recorded } from './strict.ts';
import { permissionHandlers, trayMenu } from './system.ts';

export type FromTest =
  | { readonly op: 'evaluate'; readonly id: number; readonly text: string; readonly arg: unknown }
  | { readonly op: 'paths'; readonly id: number; readonly paths: readonly string[] };

export type ToTest =
  | { readonly op: 'ready'; readonly devTools: string }
  | { readonly op: 'result'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** What only the double can tell. */
export interface Inside {
  readonly recorded: typeof recorded;
  readonly permissionHandlers: typeof permissionHandlers;
  readonly trayMenu: typeof trayMenu;
}

type Evaluated = (electron: typeof Electron, arg: unknown, inside: Inside) => unknown;

export function listenToTest(electron: typeof Electron, onGone: () => void): void {
  if (!process.send) return;
  const reply = (message: ToTest) => process.send?.(message);
  process.on('message', async (message: FromTest) => {
    try {
      reply({ op: 'result', id: message.id, value: await act(message, electron) });
    } catch (error) {
      reply({
        op: 'result',
        id: message.id,
        error: error instanceof Error ? (error.stack ?? '') : String(error),
      });
    }
  });
  process.on('disconnect', onGone);
}

async function act(message: FromTest, electron: typeof Electron): Promise<unknown> {
  if (message.op === 'paths') {
    announcePaths(message.paths);
    return undefined;
  }
  const evaluated = runInThisContext(`(${message.text})`) as Evaluated;
  return evaluated(electron, message.arg, { recorded, permissionHandlers, trayMenu });
}
