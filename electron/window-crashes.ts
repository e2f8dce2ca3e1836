/** The window's process can end by itself. The log lives in another one, so a page that comes back has everything again. */
import type { WebContents } from 'electron/main';

/** A page that dies this often this soon dies of what it shows. */
const EARLY_MS = 10_000;
const EARLY_DEATHS = 3;

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
  let earlyDeaths = 0;
  contents.on('did-finish-load', () => {
    loadedAt = performance.now();
  });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    last = `The window’s process ended (${reason}, exit code ${exitCode}) and was started again`;
    report(last);
    earlyDeaths = performance.now() - loadedAt < EARLY_MS ? earlyDeaths + 1 : 1;
    if (earlyDeaths < EARLY_DEATHS) return contents.reload();
    earlyDeaths = 0;
    void askToReload().then((again) => (again ? contents.reload() : quit()));
  });
}
