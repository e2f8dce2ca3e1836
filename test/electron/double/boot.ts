/** Starts Chromium, and then the app is ready. */
import { appDouble } from './app.ts';
import { Chromium } from './chromium.ts';
import { startSchemeServer } from './scheme.ts';

let running: Chromium | undefined;

/** Only after the app is ready. */
export function chromium(): Chromium {
  if (!running) throw new Error('electron double: Chromium is not running yet');
  return running;
}

/** Resolves to the address of the DevTools protocol. */
export async function boot(): Promise<string> {
  // Main's own top level comes first, as in Electron.
  await new Promise((resolve) => setImmediate(resolve));
  const onlyScheme = await startSchemeServer();
  running = await Chromium.launch([onlyScheme]);
  appDouble.becomeReady();
  return running.url;
}

export function endChromium(): void {
  running?.kill();
}
