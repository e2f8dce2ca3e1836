/** `app`: the life of the application. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { cancellable, recorded, strict } from './strict.ts';

interface Manifest {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
}

/** What `app` ends when it quits, told to it by the modules that own them. */
interface Belongings {
  closeWindows(): boolean;
  end(): void;
}

class AppDouble
  extends EventEmitter
  implements
    Pick<
      Electron.App,
      | 'name'
      | 'isPackaged'
      | 'isReady'
      | 'whenReady'
      | 'quit'
      | 'exit'
      | 'getName'
      | 'getVersion'
      | 'getPath'
      | 'setAboutPanelOptions'
      | 'addRecentDocument'
      | 'clearRecentDocuments'
      | 'getAppMetrics'
      | 'enableSandbox'
      | 'requestSingleInstanceLock'
    >
{
  readonly isPackaged = false;
  readonly #manifest = manifestAbove(dirname(resolve(process.argv[1] as string)));
  /** As Chromium's switch of that name has it. */
  readonly #data = userData(process.argv) ?? this.#makeData();
  readonly #utilities = new Map<number, string>();
  #ready = false;
  #quitting = false;
  belongings: Belongings = { closeWindows: () => true, end: () => {} };

  get name(): string {
    return this.#manifest.productName ?? this.#manifest.name;
  }

  get isQuitting(): boolean {
    return this.#quitting;
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    if (this.#ready) return Promise.resolve();
    return new Promise((settle) => this.once('ready', () => settle()));
  }

  becomeReady(): void {
    this.#ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', cancellable({}), {});
  }

  quit(): void {
    if (this.#quitting) return;
    if (this.#cancelled('before-quit')) return;
    this.#quitting = true;
    if (!this.belongings.closeWindows() || this.#cancelled('will-quit')) {
      this.#quitting = false;
      return;
    }
    this.emit('quit', cancellable({}), 0);
    this.exit(0);
  }

  exit(code = 0): void {
    this.belongings.end();
    process.exit(code);
  }

  getName(): string {
    return this.name;
  }

  getVersion(): string {
    return this.#manifest.version;
  }

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    recorded.push(['about', options]);
  }

  addRecentDocument(path: string): void {
    recorded.push(['recent', path]);
  }

  clearRecentDocuments(): void {
    recorded.push(['recents-cleared']);
  }

  /** Folders of the person who uses the app, which are the test's own. */
  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    if (name !== 'userData' && name !== 'logs') throw new Error(`electron double: no path for ${name}`);
    return name === 'userData' ? this.#data : join(this.#data, 'logs');
  }

  /** The processes that serve, and no more of what Electron tells. */
  getAppMetrics(): Electron.ProcessMetric[] {
    return [...this.#utilities].map(
      ([pid, name]) =>
        ({ pid, name, type: 'Utility', serviceName: 'node.mojom.NodeService' }) as Electron.ProcessMetric,
    );
  }

  utilityStarted(pid: number, name: string): void {
    this.#utilities.set(pid, name);
  }

  utilityEnded(pid: number): void {
    this.#utilities.delete(pid);
  }

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    recorded.push(['enable-sandbox']);
  }

  /** Another instance has it where the environment says so. */
  requestSingleInstanceLock(data?: object): boolean {
    recorded.push(['single-instance-lock', data]);
    return process.env['DOUBLE_LOCK'] !== 'taken';
  }

  #makeData(): string {
    const folder = mkdtempSync(join(tmpdir(), 'wirescope-user-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  #cancelled(name: string): boolean {
    const event = cancellable({});
    this.emit(name, event);
    return event.defaultPrevented;
  }
}

function userData(argv: readonly string[]): string | undefined {
  const prefix = '--user-data-dir=';
  return argv.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

function manifestAbove(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    if (dirname(folder) === folder) throw new Error('electron double: no package.json above the main script');
    return manifestAbove(dirname(folder));
  }
}

/** For the double's own modules. */
export const appDouble = new AppDouble();
export const app = strict<Electron.App>('app', appDouble);
