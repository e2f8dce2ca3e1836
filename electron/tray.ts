/** The mark beside the system's clock, with what is served: to look up an address without the window. */
import { join } from 'node:path';
import { nativeImage } from 'electron/common';
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron/main';
import type { ServedSource } from './channels.ts';
import { plainLabel } from './menu.ts';

export interface TrayActions {
  open(url: string): void;
  show(): void;
  quit(): void;
}

export class ServerTray {
  readonly #tray: Tray;
  readonly #actions: TrayActions;

  /** `pictures` is the folder of the page. Call it after the app is ready. */
  constructor(pictures: string, actions: TrayActions) {
    const name = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
    this.#tray = new Tray(nativeImage.createFromPath(join(pictures, name)));
    this.#tray.on('click', () => actions.show());
    this.#actions = actions;
    this.update([]);
  }

  update(sources: readonly ServedSource[]): void {
    const servers = sources.flatMap(({ server }) => (server ? [server] : []));
    const running = servers.filter(({ status }) => status === 'running');
    this.#tray.setToolTip(`Wirescope: ${running.length === 0 ? 'nothing' : running.length} served`);
    const template: MenuItemConstructorOptions[] = [
      ...servers.map(({ name, url, status }) => ({
        label: plainLabel(
          status === 'running' ? `${name}  ${url}` : `${name}  (${status.replace('-', ' ')})`,
        ),
        enabled: status === 'running',
        click: () => this.#actions.open(url),
      })),
      { type: 'separator' },
      { id: 'show', label: 'Show Wirescope', click: () => this.#actions.show() },
      { label: 'Quit', click: () => this.#actions.quit() },
    ];
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  }
}
