/** The process that serves: the engine, and a viewer for each port that main hands over. */
import { join } from 'node:path';
import { Engine, portTransport } from '../server-core/index.ts';
import type { FromServer, ToServer } from './channels.ts';

const { parentPort } = process;
const tell = (message: FromServer) => parentPort.postMessage(message);

// A utility process only warns of these; a bug must not leave it running half alive.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

const [port] = process.argv.slice(2);
const engine = new Engine(
  {
    host: 'desktop',
    tour: join(import.meta.dirname, '..', 'www'),
    openUrl: (url) => tell({ t: 'open', url }),
  },
  port === undefined ? {} : { port: Number(port) },
);

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToServer;
  const [viewer] = ports;
  if (message.t === 'client' && viewer) engine.attach(portTransport(viewer));
  else if (message.t === 'serve') void serve(message.path);
  else if (message.t === 'shutdown') void engine.stop().then(() => process.exit(0));
});

/** A path from the command line: what is to say goes to the terminal, too. */
async function serve(path: string): Promise<void> {
  try {
    const { server, notes } = await engine.serve(path);
    for (const note of notes) console.error(note);
    if (server.status === 'failed') throw new Error(server.problem);
    console.log(`listening ${server.url}`);
  } catch (error) {
    tell({ t: 'problem', text: (error as Error).message });
  }
}
