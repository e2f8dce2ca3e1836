/**
 * Where the window runs. In Electron `window.wirescope` brokers a MessagePort; in a browser the page's own server
 * feeds it over a WebSocket, opened with the token that came in the address.
 */
import type { DesktopBridge } from '../../electron/channels.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { webSocketTransport } from '../link/web-socket.ts';
import type { Store } from '../store/queries/store.ts';

declare global {
  interface Window {
    readonly wirescope?: DesktopBridge;
  }
}

export type Link =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'web-socket'; readonly url: string; readonly token: string };

/** Undefined in the browser host. */
export const desktop: DesktopBridge | undefined = window.wirescope;

const TOKEN_KEY = 'wirescope.token';
const ASK_AGAIN_MS = 2000;

/** Links the store to its host. A lost port is asked for anew; a WebSocket is reopened by the store itself. */
export function connectHost(store: Store, connect: (link: Link) => void): void {
  if (!desktop) {
    connect({ kind: 'web-socket', url: socketUrl('/feed'), token: takeToken() });
    // The address of a later start differs behind its # only, which by itself loads nothing.
    window.addEventListener('hashchange', () => {
      if (tokenInAddress() !== null) location.reload();
    });
    return;
  }
  const bridge = desktop;
  askForPort(bridge, connect);
  let asking: ReturnType<typeof setInterval> | undefined;
  store.subscribe(() => {
    const lost = store.state().link.state === 'lost';
    if (lost && asking === undefined) {
      askForPort(bridge, connect);
      asking = setInterval(() => askForPort(bridge, connect), ASK_AGAIN_MS);
    }
    if (!lost && asking !== undefined) {
      clearInterval(asking);
      asking = undefined;
    }
  });
}

/** A line of its own to the host, for a folder that this page lends. Only in the browser host. */
export function openLending(): Transport {
  return webSocketTransport(socketUrl('/lend'), takeToken());
}

function socketUrl(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
}

let forgetLast = () => {};

/** The page pulls, because a port that is pushed may come before anyone listens. */
function askForPort(bridge: DesktopBridge, connect: (link: Link) => void): void {
  forgetLast();
  const nonce = crypto.randomUUID();
  const onMessage = (event: MessageEvent<unknown>) => {
    if (event.source !== window || event.origin !== location.origin || !answers(event.data, nonce)) return;
    const [port] = event.ports;
    if (!port) return;
    forgetLast();
    connect({ kind: 'port', port });
  };
  window.addEventListener('message', onMessage);
  forgetLast = () => window.removeEventListener('message', onMessage);
  bridge.connect(nonce);
}

function answers(data: unknown, nonce: string): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return 'wirescope' in data && data.wirescope === 'port' && 'nonce' in data && data.nonce === nonce;
}

/** Moves the token out of the address bar, so that a copied address or a screenshot does not give it away. */
function takeToken(): string {
  const given = tokenInAddress();
  if (given === null) return sessionStorage.getItem(TOKEN_KEY) ?? '';
  sessionStorage.setItem(TOKEN_KEY, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}

function tokenInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('token');
}

/** Has the host of a browser's page open a capture file that was dropped on it. Resolves to undefined, or to why not. */
export async function openDropped(file: File): Promise<string | undefined> {
  const token = sessionStorage.getItem(TOKEN_KEY) ?? '';
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`/dropped/${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers,
    body: file,
  });
  if (!answer.ok) return `The host did not take ${file.name} (${answer.status})`;
  return ((await answer.json()) as { readonly error?: string }).error;
}

/** Captures of our own and of other programs, by the ending of their names. */
export function isCapture({ name }: File): boolean {
  return /\.(?:wirescope|har|pcap|pcapng|cap)$/i.test(name);
}
