/** What reaches the operating system in Electron: here it is recorded, or must be scripted by the test. */
import { EventEmitter } from 'node:events';
import { recorded, strict } from './strict.ts';

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
});

export const nativeTheme = strict<Electron.NativeTheme>(
  'nativeTheme',
  Object.assign(new EventEmitter(), { shouldUseDarkColors: true, themeSource: 'system' }),
);

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
