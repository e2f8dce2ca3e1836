import { portTransport } from '../../server-core/capture/port-transport.ts';
import type { Transport } from '../../server-core/capture/transport.ts';

/** The desktop's link: a port whose other end is in the process that serves. It is the transport's from then on. */
export function messagePortTransport(port: MessagePort): Transport {
  return portTransport(port);
}
