/** The process that serves: the engine, and a viewer for each port that main hands over. */
import { join, sep } from 'node:path';
import {
  type CliOptions,
  checkServerSettings,
  DEFAULT_SERVER_SETTINGS,
  type ServedSource as EngineSource,
  engineOf,
  isCapturePath,
  parseCommand,
  portTransport,
  SERVE_DEFAULTS,
  type ServeDefaults,
  serveDefaults,
  UsageError,
} from '../server-core/index.ts';
import type { FromServer, ServedSource, ToServer } from './channels.ts';

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
  tour: beside(join(import.meta.dirname, '..', 'www')),
  renderer: join(import.meta.dirname, '..', 'renderer'),
  openUrl: (url) => tell({ t: 'open', url }),
  onSources: (sources) => tell({ t: 'sources', sources: sources.map(told) }),
  ...(restarted !== '' && { restarted }),
});
if (options.record !== undefined) await record(options.record);
if (options.share) await share();
// A file of options may name the folder. It comes before what was remembered for it; after a crash, main hands it over.
if (options.path !== undefined && restarted === '')
  await serve({ t: 'serve', path: options.path, sure: true });

let turn = Promise.resolve();
parentPort.on('message', ({ data, ports }) => {
  const message = data as ToServer;
  const [viewer] = ports;
  if (message.t === 'client' && viewer) engine.attach(portTransport(viewer));
  else if (message.t === 'serve') inTurn(() => serve(message));
  else if (message.t === 'restore') void restore(message);
  else if (message.t === 'shutdown') void engine.stop().then(() => process.exit(0));
});

/** One after the other: the first that is asked for gets the first port. */
function inTurn(step: () => Promise<void>): void {
  turn = turn.then(step);
}

async function restore({ server, earlier }: Extract<ToServer, { readonly t: 'restore' }>): Promise<void> {
  const { what, switches, serves } = server;
  try {
    // One that an older version wrote knows fewer.
    const settings = checkServerSettings({ ...DEFAULT_SERVER_SETTINGS, ...switches });
    if (typeof settings === 'string') throw new Error(settings);
    // What was asked for on this command line is not meant for servers of another day.
    await engine.restore(what, settings, serves, earlier ? SERVE_DEFAULTS : undefined);
  } catch (error) {
    console.error(`${what} is not served again: ${(error as Error).message}`);
  }
  tell({ t: 'done', path: what });
}

function told({ what, server }: EngineSource): ServedSource {
  if (!server) return { what };
  const { name, url, status, problem } = server.state;
  const switches = { ...server.settings };
  return { what, server: { name, url, status, switches, ...(problem !== undefined && { problem }) } };
}

/** A path from the command line or the desktop: what is to say goes to the terminal, too. */
async function serve({ path, args: own, sure }: Extract<ToServer, { readonly t: 'serve' }>): Promise<void> {
  try {
    if (isCapturePath(path)) await engine.openCapture(path);
    else await serveSite(path, own ? serveDefaults(commandOptions(own)) : {}, sure ?? false);
  } catch (error) {
    tell({ t: 'problem', text: (error as Error).message });
  }
  tell({ t: 'done', path });
}

async function serveSite(path: string, overrides: Partial<ServeDefaults>, sure: boolean): Promise<void> {
  const reply = sure ? await engine.serve(path, overrides) : await engine.serveUnlessWarned(path, overrides);
  if ('warning' in reply) return tell({ t: 'warning', path, text: reply.warning });
  const { server, notes } = reply;
  for (const note of notes) console.error(note);
  if (server.status === 'failed') throw new Error(server.problem);
  console.log(`listening ${server.url}`);
}

async function share(): Promise<void> {
  try {
    for (const url of await engine.share(true)) console.log(`shared    ${url}`);
  } catch (error) {
    tell({ t: 'problem', text: (error as Error).message });
  }
}

async function record(path: string): Promise<void> {
  await engine.record(path).catch((error: Error) => tell({ t: 'problem', text: error.message }));
}

/** What is served lies beside the archive of a packaged app: folders have real paths and file descriptors. */
function beside(path: string): string {
  return path.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`);
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
