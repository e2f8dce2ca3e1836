/** The window's process can end by itself. The log lives in another one, so a page that comes back has everything again. */
import type { WebContents } from 'electron/main';
import { EarlyDeaths } from './early-deaths.ts';

export interface CrashOptions {
  /** One sentence. */
  report(text: string): void;
  /** It died too often to be loaded again by itself; resolves to whether to try. */
  askToReload(): Promise<boolean>;
  quit(): void;
}

/** What happened to the page before the present one; told once. */
let last: string | undefined;

export function takeLastCrash(): string | undefined {
  const text = last;
  last = undefined;
  return text;
}

export function reloadAfterCrashes(contents: WebContents, { report, askToReload, quit }: CrashOptions): void {
  let loadedAt = performance.now();
  const deaths = new EarlyDeaths();
  contents.on('did-finish-load', () => {
    loadedAt = performance.now();
  });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    last = `The window’s process ended (${reason}, exit code ${exitCode}) and was started again`;
    report(last);
    if (!deaths.areEnough(performance.now() - loadedAt)) return contents.reload();
    void askToReload().then((again) => (again ? contents.reload() : quit()));
  });
}
