/** `ipcMain`. */
import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

type Invoked = Parameters<Electron.IpcMain['handle']>[1];

class IpcMainDouble extends EventEmitter implements Pick<Electron.IpcMain, 'handle' | 'removeHandler'> {
  readonly #handlers = new Map<string, Invoked>();

  handle(channel: string, listener: Invoked): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  async invoke(
    channel: string,
    event: Electron.IpcMainInvokeEvent,
    args: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

/** For the double's own modules. */
export const ipcMainDouble = new IpcMainDouble();
export const ipcMain = strict<Electron.IpcMain>('ipcMain', ipcMainDouble);
