/**
 * The isolated world of a sandboxed preload: Electron's module list, globals and function parameters, over a DevTools
 * binding. Self-contained: its source runs in pages.
 */
import type { Codec } from '../codec.ts';
import type { Bridge } from './bridge.ts';
import type { FromPage, ToPage } from './messages.ts';

export type RunPreload = (
  require: (name: string) => unknown,
  process: object,
  exports: object,
  module: object,
) => void;

export function preloadWorld(
  makeBridge: (out: string, into: string) => Bridge,
  makeCodec: () => Codec,
  makeEmitter: () => new () => EventEmitterLike,
  processProperties: object,
  runPreload: RunPreload,
): void {
  if (window !== window.top) return;
  const { encode, decode } = makeCodec();
  const bridge = makeBridge('double-preload:', 'double-main:');
  const Emitter = makeEmitter();
  const world = globalThis as unknown as {
    doubleSend(text: string): void;
    doubleHear(messages: readonly ToPage[]): void;
  };
  const send = (message: FromPage) => world.doubleSend(JSON.stringify(message));

  // ---- ports: real ones in the page, each with a twin at the switchboard -------------------------------------
  const held = new Map<string, MessagePort>();
  const nonce = crypto.randomUUID();
  let lastPort = 0;
  const hold = (id: string, port: MessagePort) => {
    held.set(id, port);
    port.onmessage = ({ data, ports }) =>
      send({ op: 'post', id, data: encode(data), ports: ports.map(adopt) });
    port.addEventListener('close', () => {
      if (held.delete(id)) send({ op: 'close', id });
    });
  };
  const adopt = (port: MessagePort) => {
    const id = `${nonce}:${++lastPort}`;
    hold(`${id}:here`, port);
    return { id, peer: `${id}:here`, backlog: [] };
  };
  const realize = (id: string) => {
    const { port1, port2 } = new MessageChannel();
    hold(id, port1);
    return port2;
  };

  // ---- electron/renderer -----------------------------------------------------------------------------------
  const waiting = new Map<number, (reply: { data?: string; error?: string }) => void>();
  let lastInvoke = 0;
  const paths: string[] = [];
  const missing = (name: string) => (): never => {
    throw new Error(`electron double: ${name} is not implemented`);
  };

  const ipcRenderer = Object.assign(new Emitter(), {
    send: (channel: string, ...args: unknown[]) => send({ op: 'ipc', channel, data: encode(args) }),
    async invoke(channel: string, ...args: unknown[]) {
      const id = ++lastInvoke;
      const reply = new Promise<{ data?: string; error?: string }>((resolve) => waiting.set(id, resolve));
      send({ op: 'invoke', id, channel, data: encode(args) });
      const { data, error } = await reply;
      if (data === undefined) throw new Error(`Error invoking remote method '${channel}': ${error}`);
      return decode(data);
    },
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []) {
      const ports = transfer.map((port) => adopt(structuredClone(port, { transfer: [port] })));
      send({ op: 'ipc-ports', channel, data: encode(message), ports });
    },
    sendSync: missing('ipcRenderer.sendSync'),
    sendToHost: missing('ipcRenderer.sendToHost'),
  });
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => bridge.emit('expose', { key, api: bridge.wrap(api) }),
    exposeInIsolatedWorld: missing('contextBridge.exposeInIsolatedWorld'),
    executeInMainWorld: missing('contextBridge.executeInMainWorld'),
  };
  const webUtils = {
    getPathForFile(file: unknown) {
      if (!(file instanceof File)) throw new TypeError('getPathForFile: parameter is not a File');
      return paths.findLast((path) => path.split(/[\\/]/).pop() === file.name) ?? '';
    },
  };

  document.addEventListener('double-main:open', (event) => {
    send({ op: 'open', url: (event as CustomEvent<string>).detail });
  });
  const hear = (message: ToPage) => {
    switch (message.op) {
      case 'ipc':
        ipcRenderer.emit(
          message.channel,
          { sender: ipcRenderer, ports: [] },
          ...(decode(message.data) as unknown[]),
        );
        break;
      case 'ipc-ports': {
        const event = { sender: ipcRenderer, ports: message.ports.map(realize) };
        ipcRenderer.emit(message.channel, event, decode(message.data));
        break;
      }
      case 'reply':
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
        break;
      case 'port':
        held.get(message.id)?.postMessage(decode(message.data), message.ports.map(realize));
        break;
      case 'closed': {
        const port = held.get(message.id);
        held.delete(message.id);
        port?.close();
        break;
      }
      case 'paths':
        paths.push(...message.paths);
    }
  };
  world.doubleHear = (messages) => messages.forEach(hear);

  // ---- the preload itself ----------------------------------------------------------------------------------
  const electron = {
    contextBridge,
    ipcRenderer,
    webUtils,
    get webFrame() {
      return missing('webFrame')();
    },
    get nativeImage() {
      return missing('nativeImage')();
    },
    get crashReporter() {
      return missing('crashReporter')();
    },
  };
  const events = Object.assign(Emitter, { EventEmitter: Emitter });
  const timers = { setTimeout, setInterval, clearTimeout, clearInterval };
  const url = { URL, URLSearchParams };
  const modules = new Map<string, object>([
    ['electron', electron],
    ['electron/common', electron],
    ['electron/renderer', electron],
    ...[events, timers, url].flatMap((module, index): [string, object][] => {
      const name = ['events', 'timers', 'url'][index] as string;
      return [
        [name, module],
        [`node:${name}`, module],
      ];
    }),
  ]);
  const require = (name: string) => {
    const found = modules.get(name);
    if (!found) throw new Error(`module not found: ${name}`);
    return found;
  };
  const module = { exports: {} };
  try {
    runPreload(require, Object.assign(new Emitter(), processProperties), module.exports, module);
  } catch (error) {
    send({
      op: 'preload-error',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

export interface EventEmitterLike {
  on(name: string, listener: (...args: unknown[]) => void): this;
  off(name: string, listener: (...args: unknown[]) => void): this;
  emit(name: string, ...args: unknown[]): boolean;
}

/** The `events` module of a sandboxed preload, as far as a preload uses it. */
export function makeEmitter(): new () => EventEmitterLike {
  type Listener = (...args: unknown[]) => void;
  return class EventEmitter implements EventEmitterLike {
    readonly #listeners = new Map<string, Listener[]>();

    on(name: string, listener: Listener): this {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      return this;
    }

    off(name: string, listener: Listener): this {
      const kept = (this.#listeners.get(name) ?? []).filter((each) => each !== listener);
      this.#listeners.set(name, kept);
      return this;
    }

    once(name: string, listener: Listener): this {
      const once = (...args: unknown[]) => {
        this.off(name, once);
        listener.apply(this, args);
      };
      return this.on(name, once);
    }

    addListener(name: string, listener: Listener): this {
      return this.on(name, listener);
    }

    removeListener(name: string, listener: Listener): this {
      return this.off(name, listener);
    }

    emit(name: string, ...args: unknown[]): boolean {
      const listeners = this.#listeners.get(name) ?? [];
      for (const listener of listeners) listener.apply(this, args);
      return listeners.length > 0;
    }
  };
}
