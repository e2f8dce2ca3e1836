/** MessageChannelMain, and main as a place where ports live. */
import { PortRealm } from './ports.ts';
import { openChannel, type Place, routeClose, routeMessage } from './switchboard.ts';

export const MAIN_PLACE: Place = {
  port: (id, data, ports) => void setImmediate(() => mainRealm.deliver(id, data, ports)),
  closed: (id) => void setImmediate(() => mainRealm.remoteClosed(id)),
};

export const mainRealm = new PortRealm({
  post: (id, message) => routeMessage(id, message, MAIN_PLACE),
  close: routeClose,
});

export class MessageChannelMain implements Electron.MessageChannelMain {
  readonly port1: Electron.MessagePortMain;
  readonly port2: Electron.MessagePortMain;

  constructor() {
    const [a, b] = openChannel(MAIN_PLACE);
    this.port1 = mainRealm.realize(a);
    this.port2 = mainRealm.realize(b);
  }
}
