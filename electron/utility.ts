/** The process that serves: the engine, and a viewer for each port that main hands over. */
import { join } from 'node:path';
import {
  type CliOptions,
  engineOf,
  isCapturePath,
  parseCommand,
  portTransport,
  type ServeDefaults,
  serveDefaults,
  UsageError,
} from '../server-core/index.ts';
import type { FromServer, ToServer } from './channels.ts';

const { parentPort } = process;
const tell = (message: FromServer) => parentPort.postMessage(message);

// A utility process only warns of these; a bug must not leave it running half alive.
process.on('unhandledRejection', (reason) => {
  throw reason;
});

/** Why it was started again, or nothing; then what the command line asks of every server. */
const [restarted = '', ...args] = process.argv.slice(2);
const options = optionsOf(args);
const engine = engineOf(options, {
  host: 'desktop',
  tour: join(import.meta.dirname, '..', 'www'),
  openUrl: (url) => tell({ t: 'open', url }),
  onSources: (sources) => tell({ t: 'sources', sources }),
  ...(restarted !== '' && { restarted }),
});
if (options.record !== undefined) await record(options.record);

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToServer;
  const [viewer] = ports;
  if (message.t === 'client' && viewer) engine.attach(portTransport(viewer));
  else if (message.t === 'serve') void serve(message);
  else if (message.t === 'shutdown') void engine.stop().then(() => process.exit(0));
});

/** A path from the command line or the desktop: what is to say goes to the terminal, too. */
async function serve({ path, port, args: own }: Extract<ToServer, { readonly t: 'serve' }>): Promise<void> {
  try {
    if (isCapturePath(path)) await engine.openCapture(path);
    else
      await serveSite(path, {
        ...(own && serveDefaults(commandOptions(own))),
        ...(port !== undefined && { port }),
      });
  } catch (error) {
    tell({ t: 'problem', text: (error as Error).message });
  }
  tell({ t: 'done', path });
}

async function serveSite(path: string, overrides: Partial<ServeDefaults>): Promise<void> {
  const { server, notes } = await engine.serve(path, overrides);
  for (const note of notes) console.error(note);
  if (server.status === 'failed') throw new Error(server.problem);
  console.log(`listening ${server.url}`);
}

async function record(path: string): Promise<void> {
  await engine.record(path).catch((error: Error) => tell({ t: 'problem', text: error.message }));
}

/** Throws UsageError. */
function commandOptions(given: readonly string[]): CliOptions {
  const command = parseCommand(given);
  if (command.kind === 'print') throw new UsageError('The desktop has its window to say that');
  return command.options;
}

/** A mistake on the command line is for the terminal, and ends the app: main does both. */
function optionsOf(given: readonly string[]): CliOptions {
  try {
    return commandOptions(given);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tell({ t: 'usage', text: error.message });
    return commandOptions([]);
  }
}
