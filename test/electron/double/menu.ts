/** `Menu`: a tree of items that a test can click. */
import { recorded, strict } from './strict.ts';

type Template = Electron.MenuItemConstructorOptions;

/** Roles that the application's menus use; another one throws, so that a misspelt role does not pass. */
const ROLES = new Set(
  (
    'about appMenu close copy cut editMenu front hide hideOthers minimize paste quit redo reload resetZoom selectAll ' +
    'help services toggleDevTools togglefullscreen undo unhide window windowMenu zoom zoomIn zoomOut'
  )
    .split(' ')
    .map((role) => role.toLowerCase()),
);

class MenuItemDouble implements Pick<Electron.MenuItem, 'id' | 'label'> {
  readonly id: string;
  readonly label: string;
  readonly accelerator: string | undefined;
  readonly role: string | undefined;
  readonly submenu: MenuDouble | undefined;
  readonly #click: Template['click'];

  constructor({ id, label, role, type, submenu, accelerator, click }: Template) {
    if (label === undefined && role === undefined && type !== 'separator') {
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    }
    if (role !== undefined && !ROLES.has(role.toLowerCase()))
      throw new Error(`electron double: unknown role ${role}`);
    this.id = id ?? '';
    this.label = label ?? '';
    this.role = role;
    this.accelerator = accelerator;
    this.submenu = Array.isArray(submenu) ? new MenuDouble(submenu) : undefined;
    this.#click = click;
  }

  click(): void {
    this.#click?.(this as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
  }
}

class MenuDouble {
  readonly items: readonly MenuItemDouble[];

  constructor(template: readonly Template[]) {
    this.items = template.map((item) => new MenuItemDouble(item));
  }

  getMenuItemById(id: string): MenuItemDouble | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

let applicationMenu: MenuDouble | null = null;

export const Menu = strict<typeof Electron.Menu>('Menu', {
  buildFromTemplate: (template: Template[]) => new MenuDouble(template),
  setApplicationMenu(menu: MenuDouble | null) {
    applicationMenu = menu;
    recorded.push(['application-menu']);
  },
  getApplicationMenu: () => applicationMenu,
});
