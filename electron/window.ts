/** The one window. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type WebContents } from 'electron/main';
import { PAGE_URL } from './addresses.ts';
import { CHANNEL, type MenuCommand } from './channels.ts';
import { type CrashOptions, reloadAfterCrashes } from './window-crashes.ts';

/** The page's ground in either theme, so that nothing flashes before the first paint. */
const GROUND = { dark: '#161819', light: '#f0f0ec' };

let window: BrowserWindow | undefined;
nativeTheme.on('updated', () => window?.setBackgroundColor(ground()));

/** Shows the window, and makes it first where there is none. `out` is the folder of all bundles. */
export async function showWindow(out: string, crashes: CrashOptions): Promise<void> {
  if (window) {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return;
  }
  const created = new BrowserWindow({
    name: 'main',
    windowStatePersistence: true,
    title: 'Wirescope',
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 560,
    show: false,
    backgroundColor: ground(),
    webPreferences: {
      preload: join(out, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window = created;
  created.once('ready-to-show', () => created.show());
  created.on('closed', () => {
    window = undefined;
  });
  reloadAfterCrashes(created.webContents, crashes);
  await created.loadURL(PAGE_URL).catch((error: unknown) => {
    // Closed while it loaded: that is no mistake.
    if (window === created) throw error;
  });
}

/** By the system's theme, which the page follows unless it was told otherwise. */
function ground(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light;
}

/** Whether somebody looks at it. */
export function isWatched(): boolean {
  return window?.isFocused() ?? false;
}

export function isOurWindow(contents: WebContents): boolean {
  return window?.webContents === contents;
}

/** Tells the page of a menu command. Does nothing while there is no window. */
export function sendCommand(command: MenuCommand): void {
  window?.webContents.send(CHANNEL.command, command);
}

/** The window to which a dialog belongs. */
export function ourWindow(): BrowserWindow | undefined {
  return window;
}
