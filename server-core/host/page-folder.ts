/** A folder that a page of the window lends: what is asked of it goes to the page, and comes back. */
import { setTimeout as after } from 'node:timers';
import * as v from 'valibot';
import { ANSWER, type Ask, contentOf, jsonOf, kindOf, lendingMessage, numberOf } from '../capture/lending.ts';
import type { Transport } from '../capture/transport.ts';
import { LenderGone, type LentEntry, type LentFolder, MAX_LENT_NAMES } from '../files/lent-folder.ts';

/** A page in the background is slowed down to a beat a minute at worst; nginx's proxy_read_timeout is 60 s. */
const ANSWER_MS = 60_000;

const ENTRY: v.GenericSchema<unknown, LentEntry> = v.object({
  name: v.string(),
  kind: v.picklist(['file', 'folder']),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  modifiedMs: v.pipe(v.number(), v.minValue(0)),
});
const LOOK = v.nullable(ENTRY);
const LIST = v.pipe(v.array(ENTRY), v.maxLength(MAX_LENT_NAMES));

interface Pending {
  readonly timer: NodeJS.Timeout;
  resolve(message: Uint8Array): void;
  reject(error: Error): void;
}

export class PageFolder implements LentFolder {
  readonly name: string;
  readonly #pending = new Map<number, Pending>();
  #transport: Transport | undefined;
  #lastId = 0;

  constructor(name: string) {
    this.name = name;
  }

  get gone(): boolean {
    return this.#transport === undefined;
  }

  /** The page is there, or there again. Its messages from now on are answers. */
  lend(transport: Transport): void {
    this.#transport = transport;
    transport.onMessage((message) => this.#take(message));
    transport.onClose(() => {
      if (this.#transport === transport) this.#ended();
    });
  }

  async look(path: readonly string[]): Promise<LentEntry | undefined> {
    return v.parse(LOOK, jsonIn(await this.#ask({ ask: 'look', path }))) ?? undefined;
  }

  async list(path: readonly string[]): Promise<readonly LentEntry[]> {
    return v.parse(LIST, jsonIn(await this.#ask({ ask: 'list', path })));
  }

  async read(path: readonly string[], start: number, end: number): Promise<Uint8Array> {
    const message = await this.#ask({ ask: 'read', path, start, end });
    if (kindOf(message) !== ANSWER.bytes) throw new Error('The page answered with something else');
    return contentOf(message);
  }

  #ask(ask: Ask): Promise<Uint8Array> {
    const transport = this.#transport;
    if (!transport) return Promise.reject(new LenderGone('The page that lends the folder is gone'));
    this.#lastId = (this.#lastId % 0xffff_ffff) + 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = after(() => {
        this.#pending.delete(id);
        reject(new LenderGone('The page that lends the folder does not answer'));
      }, ANSWER_MS);
      this.#pending.set(id, { timer, resolve, reject });
      transport.send(lendingMessage(id, ask));
    });
  }

  #take(message: Uint8Array): void {
    const id = numberOf(message);
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || !pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    if (kindOf(message) !== ANSWER.problem) pending.resolve(message);
    else pending.reject(new Error(Buffer.from(contentOf(message)).toString()));
  }

  #ended(): void {
    this.#transport = undefined;
    for (const { timer, reject } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new LenderGone('The page that lends the folder is gone'));
    }
    this.#pending.clear();
  }
}

/** Behind the kind. */
function jsonIn(message: Uint8Array): unknown {
  return kindOf(message) === ANSWER.json ? jsonOf(message, 5) : undefined;
}
