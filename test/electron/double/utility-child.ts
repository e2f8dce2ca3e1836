/** Loaded before the entry of a process that stands for Electron's utility process: gives it `process.parentPort`. */
import { EventEmitter } from 'node:events';
import { decode, encode } from './codec.ts';
import { PortRealm } from './ports.ts';
import type { FromChild, ToChild } from './utility-process.ts';

/** `--import`, this file, and the rule for rejections. */
const OWN_FLAGS = 3;

const nodeSend = process.send?.bind(process) as (message: FromChild) => boolean;
const nodeOn = process.on.bind(process);
const realm = new PortRealm({
  post: (id, message) => void nodeSend({ op: 'post', id, ...message }),
  close: (id) => void nodeSend({ op: 'close', id }),
});

class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  readonly #waiting: { readonly data: string; readonly ports: readonly string[] }[] = [];

  constructor() {
    super();
    // Messages are kept until someone listens.
    this.on('newListener', (name) => {
      if (name === 'message') setImmediate(() => this.#drain());
    });
  }

  postMessage(message: unknown): void {
    nodeSend({ op: 'parent', data: encode(message) });
  }

  receive(data: string, ports: readonly string[]): void {
    this.#waiting.push({ data, ports });
    this.#drain();
  }

  #drain(): void {
    while (this.listenerCount('message') > 0) {
      const message = this.#waiting.shift();
      if (!message) return;
      this.emit('message', {
        data: decode(message.data),
        ports: message.ports.map((id) => realm.realize(id)),
      });
    }
  }
}

const parentPort = new ParentPort();
// A utility process has no channel of Node's.
Object.defineProperty(process, 'send', { value: undefined });
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });
// A child that it forks is a plain one.
process.execArgv = process.execArgv.slice(OWN_FLAGS);

nodeOn('message', (message: ToChild) => {
  if (message.op === 'parent') parentPort.receive(message.data, message.ports);
  else if (message.op === 'closed') realm.remoteClosed(message.id);
  else if (!realm.deliver(message.id, message.data, message.ports)) nodeSend({ ...message, op: 'bounce' });
});
nodeOn('disconnect', () => process.exit(0));
