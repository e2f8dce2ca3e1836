/** `webContents`: one Chromium target, its preload's world, and ipc to it. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { CdpSession } from './chromium.ts';
import { decode, encode } from './codec.ts';
import { ipcMainDouble } from './ipc-main.ts';
import { MAIN_PLACE, mainRealm } from './main-ports.ts';
import type { FromPage, ToPage } from './page/messages.ts';
import { MAIN_WORLD_SOURCE, preloadWorldSource } from './page/sources.ts';
import { toHttp, toScheme } from './scheme.ts';
import { cancellable, recorded, strict } from './strict.ts';
import { flush, moveTo, type Place, placeGone, routeClose, routeMessage } from './switchboard.ts';

const PRELOAD_WORLD = 'electron-preload';
const BINDING = 'doubleSend';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
interface ExecutionContext {
  readonly id: number;
  readonly name: string;
}
interface PausedRequest {
  readonly requestId: string;
  readonly resourceType: string;
  readonly request: { readonly url: string };
}

/** The page as it is between two navigations. */
interface Document {
  readonly contextId: number;
  readonly place: Place;
  outbox: ToPage[];
}

export class WebContentsDouble
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      'send' | 'postMessage' | 'loadURL' | 'reload' | 'getURL' | 'setWindowOpenHandler'
    >
{
  readonly id: number;
  /** What the application gets: the same object every time, as it compares senders by identity. */
  readonly facade = strict<Electron.WebContents>('webContents', this);
  readonly #session: Promise<CdpSession>;
  readonly #frame: Electron.WebFrameMain;
  #url = '';
  #document: Document | undefined;
  #openHandler: OpenHandler | undefined;
  /** The address that main itself asked for: `will-navigate` is for what the page does. */
  #ownNavigation: string | undefined;
  #loaded: (() => void) | undefined;

  constructor(id: number, session: Promise<CdpSession>, preload: string | undefined) {
    super();
    this.id = id;
    this.#frame = this.#makeFrame();
    this.#session = session.then(async (ready) => {
      await this.#prepare(ready, preload);
      return ready;
    });
    this.#session.catch((error: unknown) => console.error(error));
  }

  send(channel: string, ...args: unknown[]): void {
    this.#toPage({ op: 'ipc', channel, data: encode(args) });
  }

  postMessage(channel: string, message: unknown, transfer?: Electron.MessagePortMain[]): void {
    const data = encode(message);
    const ports = mainRealm.take(transfer);
    const place = this.#document?.place;
    if (!place) return;
    this.#toPage({ op: 'ipc-ports', channel, data, ports: moveTo(place, ports, MAIN_PLACE) });
    flush(place, ports);
  }

  async loadURL(url: string): Promise<void> {
    const session = await this.#session;
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve;
    });
    this.#ownNavigation = toHttp(url);
    const { errorText } = await session.send<{ errorText?: string }>('Page.navigate', {
      url: this.#ownNavigation,
    });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
    await loaded;
  }

  reload(): void {
    this.#ownNavigation = toHttp(this.#url);
    this.#tell('Page.reload');
  }

  getURL(): string {
    return this.#url;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Tells the page's webUtils of files that are about to be dropped: it cannot ask the browser for a path. */
  announcePaths(paths: readonly string[]): void {
    this.#toPage({ op: 'paths', paths });
  }

  gone(): void {
    this.#documentGone();
    this.emit('destroyed');
  }

  async #prepare(session: CdpSession, preload: string | undefined): Promise<void> {
    if (preload !== undefined && !isAbsolute(preload)) throw new Error('preload must be an absolute path');
    session.on('Runtime.executionContextCreated', ({ context }: { context: ExecutionContext }) => {
      if (context.name === PRELOAD_WORLD) this.#documentMade(context.id);
    });
    session.on('Runtime.executionContextsCleared', () => this.#documentGone());
    session.on('Runtime.bindingCalled', (call: { payload: string; executionContextId: number }) => {
      if (call.executionContextId === this.#document?.contextId)
        this.#heard(JSON.parse(call.payload) as FromPage);
    });
    session.on('Page.frameNavigated', ({ frame }: { frame: { url: string; parentId?: string } }) => {
      if (frame.parentId === undefined) this.#url = toScheme(frame.url);
    });
    session.on('Page.loadEventFired', () => this.#didLoad());
    session.on('Inspector.targetCrashed', () => {
      this.#documentGone();
      this.emit('render-process-gone', cancellable({}), { reason: 'crashed', exitCode: 5 });
    });
    session.on('Fetch.requestPaused', (paused: PausedRequest) => this.#navigating(paused));

    const source = preload === undefined ? '' : readFileSync(preload, 'utf8');
    const processProperties = {
      platform: process.platform,
      type: 'renderer',
      sandboxed: true,
      contextIsolated: true,
    };
    await session.send('Page.enable');
    await session.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD_SOURCE });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadWorldSource(source, processProperties),
      worldName: PRELOAD_WORLD,
    });
    await session.send('Runtime.enable');
    await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
  }

  #documentMade(contextId: number): void {
    this.#documentGone();
    const place: Place = {
      port: (id, data, ports) => this.#toPage({ op: 'port', id, data, ports }),
      closed: (id) => this.#toPage({ op: 'closed', id }),
    };
    this.#document = { contextId, place, outbox: [] };
  }

  #documentGone(): void {
    if (this.#document) placeGone(this.#document.place);
    this.#document = undefined;
  }

  #didLoad(): void {
    this.emit('did-finish-load', cancellable({}));
    this.#loaded?.();
    this.#loaded = undefined;
  }

  #navigating({ requestId, request, resourceType }: PausedRequest): void {
    const url = toScheme(request.url);
    const own = request.url === this.#ownNavigation || resourceType !== 'Document';
    this.#ownNavigation = undefined;
    const event = cancellable({ url, isMainFrame: true, isSameDocument: false, frame: this.#frame });
    if (!own) this.emit('will-navigate', event, url);
    if (event.defaultPrevented) {
      recorded.push(['navigation-refused', url]);
      this.#tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    } else this.#tell('Fetch.continueRequest', { requestId });
  }

  #heard(message: FromPage): void {
    const place = this.#document?.place as Place;
    switch (message.op) {
      case 'post':
        routeMessage(message.id, message, place);
        break;
      case 'close':
        routeClose(message.id);
        break;
      case 'ipc':
        ipcMainDouble.emit(message.channel, this.#event(), ...(decode(message.data) as unknown[]));
        break;
      case 'ipc-ports': {
        const ports = moveTo(MAIN_PLACE, message.ports, place).map((id) => mainRealm.realize(id));
        ipcMainDouble.emit(message.channel, this.#event(ports), decode(message.data));
        break;
      }
      case 'invoke':
        void this.#answer(message.id, message.channel, decode(message.data) as unknown[]);
        break;
      case 'open':
        this.#open(message.url);
        break;
      case 'preload-error':
        throw new Error(`The preload failed: ${message.message}`);
    }
  }

  async #answer(id: number, channel: string, args: readonly unknown[]): Promise<void> {
    const document = this.#document;
    let reply: ToPage;
    try {
      const event = this.#event() as unknown as Electron.IpcMainInvokeEvent;
      reply = { op: 'reply', id, data: encode(await ipcMainDouble.invoke(channel, event, args)) };
    } catch (error) {
      reply = { op: 'reply', id, error: String(error) };
    }
    if (document === this.#document) this.#toPage(reply);
  }

  #open(url: string): void {
    const details = { url: toScheme(url), frameName: '', features: '', disposition: 'foreground-tab' };
    const { action } = this.#openHandler?.(details as Electron.HandlerDetails) ?? { action: 'allow' };
    if (action !== 'deny') throw new Error('electron double: child windows are not implemented');
    recorded.push(['window-open', details.url, action]);
  }

  #event(ports: readonly unknown[] = []): object {
    return { sender: this.facade, senderFrame: this.#frame, ports };
  }

  #makeFrame(): Electron.WebFrameMain {
    const contents = this;
    return strict<Electron.WebFrameMain>('WebFrameMain', {
      parent: null,
      get url() {
        return contents.#url;
      },
      send: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
      postMessage: (channel: string, message: unknown, transfer?: Electron.MessagePortMain[]) =>
        contents.postMessage(channel, message, transfer),
    });
  }

  /** Messages of one turn share one call. */
  #toPage(message: ToPage): void {
    const document = this.#document;
    if (!document) return;
    if (document.outbox.push(message) > 1) return;
    setImmediate(() => this.#flushTo(document));
  }

  #flushTo(document: Document): void {
    const text = JSON.stringify(document.outbox);
    document.outbox = [];
    this.#tell('Runtime.callFunctionOn', {
      executionContextId: document.contextId,
      functionDeclaration: 'function(text){doubleHear(JSON.parse(text))}',
      arguments: [{ value: text }],
      silent: true,
    });
  }

  /** Sends a command whose result nobody needs, to a page that may go away meanwhile. */
  #tell(method: string, params: object = {}): void {
    this.#session.then((session) => session.send(method, params)).catch(() => {});
  }
}
