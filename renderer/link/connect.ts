import type { Transport } from '../../server-core/capture/transport.ts';
import { messagePortTransport } from './message-port.ts';
import { webSocketTransport } from './web-socket.ts';

/** How to reach the host. Posted from the page to the store's worker; the port goes into the transfer list. */
export type LinkSpec =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'web-socket'; readonly url: string; readonly token: string };

export function openTransport(spec: LinkSpec): Transport {
  return spec.kind === 'port' ? messagePortTransport(spec.port) : webSocketTransport(spec.url, spec.token);
}
