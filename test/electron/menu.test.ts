/** The application menu as each platform has it, built by the menu of the double, which knows the roles. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setMenu } from '../../electron/menu.ts';
import { Menu } from './double/menu.ts';

vi.mock('electron/main', async () => ({
  app: { name: 'Wirescope', isPackaged: true },
  Menu: (await import('./double/menu.ts')).Menu,
}));

interface Item {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: { readonly items: readonly Item[] } | undefined;
}

const ACTIONS = { send() {}, openLogs() {}, copyReport() {}, reopen() {}, forgetRecents() {} };
const HERE = process.platform;
const named = ({ id, label, role }: Item) => label || (role ?? id);

function menuOn(platform: NodeJS.Platform): readonly Item[] {
  Object.defineProperty(process, 'platform', { value: platform });
  setMenu(ACTIONS, []);
  return (Menu.getApplicationMenu() as unknown as { readonly items: readonly Item[] }).items;
}
const itemsOf = (menu: readonly Item[], name: string) =>
  menu
    .find((item) => named(item) === name)
    ?.submenu?.items.map(named)
    .filter((item) => item !== '');

afterEach(() => {
  Object.defineProperty(process, 'platform', { value: HERE });
});

describe('the menu', () => {
  it('has on macOS its settings, what it is and how to quit under its own name', () => {
    const menu = menuOn('darwin');
    expect(menu.map(named)).toEqual([
      ...['Wirescope', '&File', 'editMenu', '&Capture', '&View', 'windowMenu', 'help'],
    ]);
    expect(itemsOf(menu, 'Wirescope')).toEqual([
      ...['about', 'Settings…', 'services', 'hide', 'hideOthers', 'unhide', 'quit'],
    ]);
    expect(itemsOf(menu, '&File')?.slice(-2)).toEqual(['Export…', 'close']);
    expect(itemsOf(menu, 'help')).not.toContain('about');
  });

  it.each(['win32', 'linux'] as const)('has on %s the same where people look for it there', (platform) => {
    const menu = menuOn(platform);
    expect(menu.map(named)).toEqual(['&File', 'editMenu', '&Capture', '&View', 'windowMenu', 'help']);
    expect(itemsOf(menu, '&File')?.slice(-2)).toEqual(['Settings…', 'quit']);
    expect(itemsOf(menu, 'help')?.at(-1)).toBe('about');
  });

  it.each(['darwin', 'win32', 'linux'] as const)('gives each key on %s to one thing', (platform) => {
    const keys = menuOn(platform).flatMap(({ submenu }) =>
      (submenu?.items ?? []).flatMap(({ accelerator }) => accelerator ?? []),
    );
    expect(keys).toContain('CmdOrCtrl+,');
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('has tools for developers of the app only where it is not packaged', () => {
    expect(itemsOf(menuOn('linux'), '&View')).not.toContain('toggleDevTools');
  });
});
