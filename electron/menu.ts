/** The application menu. The page answers the same keys itself; a key that it took does not come here. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron/main';
import type { MenuCommand } from './channels.ts';

export interface MenuActions {
  /** To the page. */
  send(command: MenuCommand): void;
  openLogs(): void;
  copyReport(): void;
  /** Serves or opens it once more. */
  reopen(path: string): void;
  forgetRecents(): void;
}

type Items = MenuItemConstructorOptions[];

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** `recents` are folders, files and addresses, the newest first. */
export function setMenu(actions: MenuActions, recents: readonly string[]): void {
  const item = (id: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => actions.send(id),
    ...(accelerator !== undefined && { accelerator }),
  });
  const onMac = process.platform === 'darwin';
  const settings = item('settings', 'Settings…', 'CmdOrCtrl+,');

  const template: Items = [
    {
      label: '&File',
      submenu: [
        item('choose-folder', 'Serve a Folder…', 'CmdOrCtrl+O'),
        item('open-capture', 'Open a Capture…', 'CmdOrCtrl+Shift+O'),
        { label: 'Recent', id: 'recent', submenu: recentItems(actions, recents) },
        SEPARATOR,
        item('save-capture', 'Save the Capture…', 'CmdOrCtrl+S'),
        item('export-capture', 'Export…', 'CmdOrCtrl+Shift+E'),
        SEPARATOR,
        // macOS has it in the menu of the app.
        ...(onMac ? [] : [settings, SEPARATOR]),
        { role: onMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Capture',
      submenu: [item('toggle-pause', 'Pause or Go On', 'CmdOrCtrl+E'), item('clear', 'Clear', 'CmdOrCtrl+L')],
    },
    {
      label: '&View',
      submenu: [
        item('toggle-theme', 'Next Theme'),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [SEPARATOR, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('show-keys', 'Keyboard'),
        { id: 'open-logs', label: 'Open the Logs', click: () => actions.openLogs() },
        { id: 'copy-report', label: 'Copy a Report', click: () => actions.copyReport() },
        // macOS has it in the menu of the app.
        ...(onMac ? [] : [SEPARATOR, { role: 'about' } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(onMac ? [appMenu(settings), ...template] : template));
}

/** As `role: 'appMenu'`, with the settings where people look for them. */
function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const roles = ['services', 'hide', 'hideOthers', 'unhide'] as const;
  return {
    label: app.name,
    submenu: [
      { role: 'about' },
      SEPARATOR,
      settings,
      SEPARATOR,
      ...roles.map((role) => ({ role })),
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function recentItems({ reopen, forgetRecents }: MenuActions, recents: readonly string[]): Items {
  if (recents.length === 0) return [{ label: 'Nothing yet', enabled: false }];
  return [
    ...recents.map((path) => ({ label: plainLabel(path), click: () => reopen(path) })),
    SEPARATOR,
    { id: 'forget-recents', label: 'Forget These', click: forgetRecents },
  ];
}

/** An ampersand alone would underline the letter behind it. */
export function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
