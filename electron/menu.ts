/** The application menu. The page answers the same keys itself; a key that it took does not come here. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron/main';
import type { MenuCommand } from './channels.ts';

export interface MenuActions {
  /** To the page. */
  send(command: MenuCommand): void;
  openLogs(): void;
}

export function setMenu({ send, openLogs }: MenuActions): void {
  const item = (id: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => send(id),
    ...(accelerator !== undefined && { accelerator }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const onMac = process.platform === 'darwin';

  const template: MenuItemConstructorOptions[] = [
    {
      label: '&File',
      submenu: [
        item('choose-folder', 'Serve a Folder…', 'CmdOrCtrl+O'),
        item('open-capture', 'Open a Capture…', 'CmdOrCtrl+Shift+O'),
        separator,
        item('save-capture', 'Save the Capture…', 'CmdOrCtrl+S'),
        separator,
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
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('show-keys', 'Keyboard'),
        { id: 'open-logs', label: 'Open the Logs', click: openLogs },
        // macOS has it in the menu of the app.
        ...(onMac ? [] : [separator, { role: 'about' } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(onMac ? [{ role: 'appMenu' }, ...template] : template));
}
