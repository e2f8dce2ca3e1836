/** The `electron`, `electron/main` and `electron/common` modules of the double: importing it starts the app. */
import { app, appDouble } from './app.ts';
import { boot, endChromium } from './boot.ts';
import { BrowserWindow, closeWindows } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { MessageChannelMain } from './main-ports.ts';
import { Menu } from './menu.ts';
import { listenToTest } from './remote.ts';
import { protocol } from './scheme.ts';
import { strict } from './strict.ts';
import { clipboard, dialog, Notification, nativeImage, nativeTheme, session, shell, Tray } from './system.ts';
import { endUtilities, utilityProcess } from './utility-process.ts';

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  protocol,
  session,
  shell,
  Tray,
  utilityProcess,
};

const electron = strict<typeof Electron>('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  protocol,
  session,
  shell,
  Tray,
  utilityProcess,
});
export default electron;

const end = () => {
  endUtilities();
  endChromium();
};
appDouble.belongings = { closeWindows, end };
process.on('exit', end);
process.on('SIGTERM', () => appDouble.exit(1));
process.on('SIGINT', () => appDouble.exit(1));

listenToTest(electron, () => appDouble.exit(1));
boot().then(
  (devTools) => process.send?.({ op: 'ready', devTools }),
  (error: unknown) => {
    console.error(error);
    appDouble.exit(1);
  },
);
