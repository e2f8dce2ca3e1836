/** `BrowserWindow`. */
import { EventEmitter } from 'node:events';
import { appDouble } from './app.ts';
import { chromium } from './boot.ts';
import type { CdpSession } from './chromium.ts';
import { cancellable, recorded, strict } from './strict.ts';
import { WebContentsDouble } from './web-contents.ts';

const windows = new Map<BrowserWindowDouble, Electron.BrowserWindow>();
let lastId = 0;

class BrowserWindowDouble
  extends EventEmitter
  implements
    Pick<
      Electron.BrowserWindow,
      | 'id'
      | 'webContents'
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'restore'
      | 'close'
      | 'isMinimized'
      | 'isVisible'
      | 'isFocused'
      | 'setBackgroundColor'
    >
{
  readonly id = ++lastId;
  readonly webContents: Electron.WebContents;
  readonly contentsDouble: WebContentsDouble;
  #targetId: string | undefined;
  #visible: boolean;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!appDouble.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    if (
      preferences.nodeIntegration ||
      preferences.contextIsolation === false ||
      preferences.sandbox === false
    ) {
      throw new Error('electron double: only sandboxed, context-isolated windows are implemented');
    }
    recorded.push(['window', options]);
    this.#visible = options.show !== false;
    const session = this.#openPage(options.width ?? 800, options.height ?? 600);
    this.contentsDouble = new WebContentsDouble(this.id, session, preferences.preload);
    this.webContents = this.contentsDouble.facade;
    this.contentsDouble.once('did-finish-load', () => this.emit('ready-to-show'));
    const facade = strict<Electron.BrowserWindow>('BrowserWindow', this);
    windows.set(this, facade);
    appDouble.emit('web-contents-created', cancellable({}), this.webContents);
    appDouble.emit('browser-window-created', cancellable({}), facade);
  }

  loadURL(url: string): Promise<void> {
    return this.contentsDouble.loadURL(url);
  }

  show(): void {
    this.#visible = true;
    this.emit('show');
  }

  focus(): void {
    this.emit('focus');
  }

  /** As a person who looks at another program. */
  isFocused(): boolean {
    return false;
  }

  setBackgroundColor(colour: string): void {
    recorded.push(['background', colour]);
  }

  restore(): void {}

  isMinimized(): boolean {
    return false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  close(): void {
    const event = cancellable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.#destroy();
  }

  async #openPage(width: number, height: number): Promise<CdpSession> {
    const { targetId, session } = await chromium().newPage(width, height);
    this.#targetId = targetId;
    return session;
  }

  #destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    if (this.#targetId !== undefined) {
      // The browser may already be on its way out.
      void chromium()
        .send('Target.closeTarget', { targetId: this.#targetId })
        .catch(() => {});
    }
    this.contentsDouble.gone();
    this.emit('closed');
    if (windows.size > 0 || appDouble.isQuitting) return;
    if (!appDouble.emit('window-all-closed')) appDouble.quit();
  }
}

/** `new` gives the strict face of a window, so that an unknown member of it throws as well. */
export const BrowserWindow = new Proxy(BrowserWindowDouble, {
  construct(Double, [options]: [Electron.BrowserWindowConstructorOptions?]) {
    return facadeOf(new Double(options));
  },
  get(_target, name) {
    if (name === 'getAllWindows') return () => [...windows.values()];
    if (name === 'prototype') return BrowserWindowDouble.prototype;
    throw new Error(`electron double: BrowserWindow.${String(name)} is not implemented`);
  },
}) as unknown as typeof Electron.BrowserWindow;

function facadeOf(window: BrowserWindowDouble): Electron.BrowserWindow {
  return windows.get(window) as Electron.BrowserWindow;
}

/** Tells every page of files that are about to be dropped on it. */
export function announcePaths(paths: readonly string[]): void {
  for (const window of windows.keys()) window.contentsDouble.announcePaths(paths);
}

/** Whether all of them went. */
export function closeWindows(): boolean {
  for (const window of [...windows.keys()]) window.close();
  return windows.size === 0;
}
