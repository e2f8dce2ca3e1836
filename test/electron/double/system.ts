/** What reaches the operating system in Electron: here it is recorded, or must be scripted by the test. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { recorded, strict, strictClass } from './strict.ts';

const unscripted = (name: string) => async (): Promise<never> => {
  throw new Error(`electron double: ${name} was called, and the test had not replaced it`);
};

/** Members may be replaced, as tests of the real Electron do it. */
export const dialog = strict<Electron.Dialog>('dialog', {
  showOpenDialog: unscripted('dialog.showOpenDialog'),
  showSaveDialog: unscripted('dialog.showSaveDialog'),
  showMessageBox: unscripted('dialog.showMessageBox'),
});

export const shell = strict<Electron.Shell>('shell', {
  openExternal: async (url: string) => void recorded.push(['open-external', url]),
  openPath: async (path: string) => {
    recorded.push(['open-path', path]);
    return '';
  },
  showItemInFolder: (path: string) => void recorded.push(['show-in-folder', path]),
});

export const nativeTheme = strict<Electron.NativeTheme>(
  'nativeTheme',
  Object.assign(new EventEmitter(), { shouldUseDarkColors: true, themeSource: 'system' }),
);

export const clipboard = strict<Electron.Clipboard>('clipboard', {
  writeText: async (text: string) => void recorded.push(['clipboard', text]),
});

/** A picture is known by its file, which must be there. */
export const nativeImage = strict<typeof Electron.nativeImage>('nativeImage', {
  createFromPath(path: string) {
    if (!existsSync(path)) throw new Error(`electron double: there is no picture ${path}`);
    return { path };
  },
});

class TrayDouble extends EventEmitter {
  constructor({ path }: { readonly path: string }) {
    super();
    recorded.push(['tray', path]);
  }

  setToolTip(text: string): void {
    recorded.push(['tray-tip', text]);
  }

  setContextMenu(menu: unknown): void {
    trayMenu.current = menu as Electron.Menu;
  }
}

/** What a click on the tray shows. */
export const trayMenu: { current: Electron.Menu | undefined } = { current: undefined };
export const Tray = strictClass<typeof Electron.Tray>('Tray', TrayDouble);

class NotificationDouble extends EventEmitter {
  readonly #options: Electron.NotificationConstructorOptions;

  static isSupported(): boolean {
    return true;
  }

  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.#options = options;
  }

  show(): void {
    recorded.push(['notification', this.#options.title, this.#options.body]);
  }
}
export const Notification = strictClass<typeof Electron.Notification>('Notification', NotificationDouble);

type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

/** Chromium's own prompts are not wired to these: a test asks them directly. */
export const permissionHandlers: { request: RequestHandler; check: CheckHandler } = {
  request: null,
  check: null,
};

export const session = strict<typeof Electron.session>('session', {
  defaultSession: strict<Electron.Session>('session.defaultSession', {
    setPermissionRequestHandler(handler: RequestHandler) {
      permissionHandlers.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler) {
      permissionHandlers.check = handler;
    },
  }),
});
