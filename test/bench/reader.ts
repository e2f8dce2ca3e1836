/** A viewer without a window: takes every batch of the feed and gives the credit back, as the store's worker does. */

import { webSocketTransport } from '../../renderer/link/web-socket.ts';
import { ViewerLink } from '../../server-core/capture/viewer-link.ts';

const address = new URL(process.argv[2] as string);
const token = new URLSearchParams(address.hash.slice(1)).get('token') as string;
new ViewerLink(webSocketTransport(`ws://${address.host}/feed`, token), {
  onHello: () => console.log('reading'),
  onBatch: () => {},
  onClose: (reason) => {
    console.error(`The feed closed: ${reason}`);
    process.exit(1);
  },
});
