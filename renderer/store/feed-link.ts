/**
 * The link to the host and its loss. A WebSocket is opened again by itself, ever more patiently; a lost port
 * cannot be, so the page is told and brings a new one.
 */
import type { Call, CallReply, Hello } from '../../server-core/capture/feed-messages.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';
import type { LinkSpec } from '../link/connect.ts';
import { STALE_ADDRESS } from '../link/refusal.ts';
import type { LinkState } from './queries/state.ts';

export interface FeedHandlers {
  onState(state: LinkState): void;
  /** `fresh` is true for the first hello of a link: the log is about to be read from its start. */
  onHello(hello: Hello, fresh: boolean): void;
  /** A promise holds back what follows until it resolves. */
  onBatch(records: Uint8Array): void | Promise<void>;
}

export interface FeedLinkOptions {
  readonly open: (spec: LinkSpec) => Transport;
  readonly handlers: FeedHandlers;
  /** Runs a function once, after so many milliseconds; returns what cancels it. */
  readonly later: (run: () => void, ms: number) => () => void;
}

/** First and longest wait before a WebSocket is opened again; each wait is twice the one before. */
export const FIRST_RETRY_MS = 250;
export const LONGEST_RETRY_MS = 5000;

export class FeedLink {
  #link: ViewerLink | undefined;
  /** Counts links, so that a callback knows whether its own is still the one. */
  #turn = 0;
  #cancelRetry = () => {};
  #retryMs = FIRST_RETRY_MS;

  readonly #options: FeedLinkOptions;

  constructor(options: FeedLinkOptions) {
    this.#options = options;
  }

  /** Links to a host, instead of the one there was. */
  connect(spec: LinkSpec): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#options.handlers.onState({ state: 'connecting' });
    this.#open(spec);
  }

  call<C extends Call>(call: C): Promise<CallReply<C>> {
    return this.#link?.call(call) ?? Promise.reject(new Error('There is no link to a host'));
  }

  #open(spec: LinkSpec): void {
    this.#cancelRetry();
    const turn = ++this.#turn;
    // What an old link still has to say is not heard any more.
    const isCurrent = () => this.#turn === turn;
    this.#link?.close();
    let fresh = true;
    this.#link = new ViewerLink(this.#options.open(spec), {
      onHello: (hello) => {
        if (!isCurrent()) return;
        this.#retryMs = FIRST_RETRY_MS;
        this.#options.handlers.onHello(hello, fresh);
        if (fresh) this.#options.handlers.onState({ state: 'live' });
        fresh = false;
      },
      onBatch: (records) => {
        if (isCurrent()) return this.#options.handlers.onBatch(records);
      },
      onClose: (reason) => {
        if (isCurrent()) this.#lost(spec, reason);
      },
    });
  }

  #lost(spec: LinkSpec, reason: string): void {
    this.#turn++;
    this.#link = undefined;
    const final = reason === STALE_ADDRESS;
    this.#options.handlers.onState({ state: 'lost', reason, ...(final && { final: true }) });
    if (spec.kind === 'port' || final) return;
    const wait = this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, wait * 2);
    this.#cancelRetry = this.#options.later(() => this.#open(spec), wait);
  }
}
