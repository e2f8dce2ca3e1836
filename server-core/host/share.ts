/**
 * The window on the network, for a class to look on: a listener of its own beside that of the window, with a token
 * of its own, whose feeds answer nothing but what reads. It is off until it is asked for, and ends with its tokens.
 */
import { randomBytes } from 'node:crypto';
import { Feed } from '../capture/feed.ts';
import type { Call, Hello } from '../capture/feed-messages.ts';
import type { RecordLog } from '../capture/record-log.ts';
import { helloForGuests, MOST_VIEWERS, onlyReads, type ShareState } from '../capture/share.ts';
import type { Transport } from '../capture/transport.ts';
import { ownNames, reachableUrls } from './addresses.ts';
import { FEED_TIMERS } from './feed-timers.ts';
import { UiServer } from './ui-server.ts';

export interface ShareOptions {
  /** Folder of the built renderer. */
  readonly renderer: string;
  readonly log: RecordLog;
  hello(): Hello;
  answer(call: Call): Promise<unknown>;
  /** A viewer came or went. */
  changed(): void;
}

const EVERYWHERE = '0.0.0.0';
/** Beside the window's own, which begins at 8090. */
const FIRST_PORT = 8100;
/** What a viewer asks for while the answers before are on their way; a window asks for a handful at once. */
const MOST_CALLS = 64;
/** 8 MiB of answers that a viewer does not take, then it is let go: a batch is 64 KiB, an answer a few MiB. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

interface Opened {
  readonly ui: UiServer;
  readonly port: number;
  readonly token: string;
}

export class Share {
  readonly #options: ShareOptions;
  readonly #feeds = new Set<Feed>();
  #opened: Opened | undefined;
  /** Switching takes time, and one waits for the other. */
  #switched: Promise<void> = Promise.resolve();
  #answered: Promise<unknown> = Promise.resolve();

  constructor(options: ShareOptions) {
    this.#options = options;
  }

  /** Undefined while it is off. */
  get state(): ShareState | undefined {
    if (!this.#opened) return undefined;
    const { port, token } = this.#opened;
    return {
      // Behind `#`, as in the window's own address: a fragment is never sent, so it is in no log and no Referer.
      urls: reachableUrls(port, false).map((url) => `${url}#token=${token}`),
      viewers: this.#feeds.size,
      mostViewers: MOST_VIEWERS,
    };
  }

  /** Rejects with the system's error where no port can be opened. */
  async turn(on: boolean): Promise<void> {
    const switched = this.#switched.then(() => (on ? this.#open() : this.#close()));
    this.#switched = switched.catch(() => {});
    await switched;
    this.#options.changed();
  }

  /** Tells every viewer how the host stands. */
  hello(): void {
    for (const feed of this.#feeds) feed.hello(helloForGuests(this.#options.hello()));
  }

  async #open(): Promise<void> {
    if (this.#opened) return;
    const token = randomBytes(24).toString('base64url');
    const ui = new UiServer({
      renderer: this.#options.renderer,
      token,
      names: ownNames(EVERYWHERE),
      maxWaitingBytes: MOST_WAITING_BYTES,
      isFull: () => this.#feeds.size >= MOST_VIEWERS,
      attach: (transport) => this.#attach(transport),
    });
    this.#opened = { ui, token, port: await ui.listenNear(FIRST_PORT, EVERYWHERE) };
  }

  async #close(): Promise<void> {
    const { ui } = this.#opened ?? {};
    this.#opened = undefined;
    for (const feed of [...this.#feeds]) feed.close();
    await ui?.stop();
  }

  #attach(transport: Transport): void {
    const { log, hello, changed } = this.#options;
    let asked = 0;
    const feed = new Feed(log, transport, {
      ...FEED_TIMERS,
      hello: helloForGuests(hello()),
      onCall: async (call) => {
        if (!onlyReads(call)) throw new Error('This window only looks on: whoever shares it can do that');
        if (asked >= MOST_CALLS) throw new Error('Too much is asked for at once');
        asked++;
        // The lab answers once it has news, and nobody is to wait behind that.
        const answered = call.op === 'lab' ? this.#options.answer(call) : this.#inTurn(call);
        return answered.finally(() => asked--);
      },
      onClose: () => {
        this.#feeds.delete(feed);
        changed();
      },
    });
    this.#feeds.add(feed);
    changed();
  }

  /** What all viewers ask is answered one after the other: together they take no more than one of them. */
  #inTurn(call: Call): Promise<unknown> {
    const answered = this.#answered.then(() => this.#options.answer(call));
    this.#answered = answered.catch(() => {});
    return answered;
  }
}
