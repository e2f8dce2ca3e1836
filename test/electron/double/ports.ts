/** Electron's MessagePortMain, for main and for the process that serves. */
import { EventEmitter } from 'node:events';
import { decode, encode } from './codec.ts';
import type { PortMessage, TravellingPort } from './switchboard.ts';

/** How a process reaches the switchboard. */
export interface Exchange {
  post(id: string, message: PortMessage): void;
  close(id: string): void;
}

interface Waiting {
  readonly data: string;
  readonly ports: readonly PortDouble[];
}

/** All ports that one process holds. */
export class PortRealm {
  readonly exchange: Exchange;
  readonly #ports = new Map<string, PortDouble>();

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  realize(id: string): PortDouble {
    const port = new PortDouble(this, id);
    this.#ports.set(id, port);
    return port;
  }

  /** Takes the ports of a transfer list away from this process. Refuses as shell/browser/api/message_port.cc does. */
  take(transfer: unknown, source?: PortDouble): TravellingPort[] {
    if (transfer === undefined || transfer === null) return [];
    if (!Array.isArray(transfer)) throw new TypeError('transferables must be an array of MessagePorts');
    const ports = transfer.map((port: unknown, index) => {
      if (port instanceof PortDouble) return port;
      throw new TypeError(`Port at index ${index} is not a valid port`);
    });
    for (const [index, port] of ports.entries()) {
      if (port === source) throw new Error(`Port at index ${index} contains the source port.`);
      if (!port.isHeld) throw new Error(`Port at index ${index} is already neutered.`);
      if (ports.indexOf(port) !== index) throw new Error(`Port at index ${index} is a duplicate.`);
    }
    return ports.map((port) => port.release());
  }

  forget(id: string): void {
    this.#ports.delete(id);
  }

  /** False when the port is not here any more. */
  deliver(id: string, data: string, ports: readonly string[]): boolean {
    const port = this.#ports.get(id);
    if (!port) return false;
    port.receive({ data, ports: ports.map((each) => this.realize(each)) });
    return true;
  }

  remoteClosed(id: string): void {
    this.#ports.get(id)?.remoteClosed();
  }
}

export class PortDouble
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  readonly #realm: PortRealm;
  readonly #queue: Waiting[] = [];
  #id: string | undefined;
  #started = false;
  #closing = false;

  constructor(realm: PortRealm, id: string) {
    super();
    this.#realm = realm;
    this.#id = id;
  }

  get isHeld(): boolean {
    return this.#id !== undefined;
  }

  postMessage(message: unknown, transfer?: Electron.MessagePortMain[]): void {
    if (this.#id === undefined) return;
    const data = encode(message);
    this.#realm.exchange.post(this.#id, { data, ports: this.#realm.take(transfer, this) });
  }

  start(): void {
    if (this.#id === undefined || this.#started) return;
    this.#started = true;
    setImmediate(() => this.#drain());
  }

  close(): void {
    const id = this.#id;
    if (id === undefined) return;
    this.#drop();
    this.#realm.exchange.close(id);
    this.emit('close');
  }

  /** Leaves this process, and takes along what nobody read. */
  release(): TravellingPort {
    const id = this.#id as string;
    this.#drop();
    const backlog = this.#queue
      .splice(0)
      .map(({ data, ports }) => ({ data, ports: ports.map((port) => port.release()) }));
    return { id, backlog };
  }

  receive(message: Waiting): void {
    this.#queue.push(message);
    if (this.#started) this.#drain();
  }

  remoteClosed(): void {
    this.#closing = true;
    setImmediate(() => this.#drain());
  }

  #drain(): void {
    while (this.#started && this.#id !== undefined) {
      const message = this.#queue.shift();
      if (!message) break;
      this.emit('message', { data: decode(message.data), ports: message.ports });
    }
    if (!this.#closing || this.#id === undefined || (this.#started && this.#queue.length > 0)) return;
    this.#drop();
    this.emit('close');
  }

  #drop(): void {
    if (this.#id !== undefined) this.#realm.forget(this.#id);
    this.#id = undefined;
  }
}
