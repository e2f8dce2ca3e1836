/** The `wirescope` command: the engine, and the window served to a browser. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliOptions, parseCommand } from './cli-options.ts';
import { HELP } from './cli-spec.ts';
import { UsageError } from './cli-values.ts';
import { openDropped } from './dropped-capture.ts';
import type { Engine } from './engine.ts';
import { engineOf } from './engine-of.ts';
import { isExport, runExport } from './export/cli-export.ts';
import { openUrl } from './open-url.ts';
import { isCapturePath } from './opened-captures.ts';
import { isUrl, PathProblem } from './served-path.ts';
import { startTextOutput } from './text-output.ts';
import { UiServer } from './ui-server.ts';
import { VERSION } from './version.ts';

/** Beside the bundle: `out/renderer` and `out/www`, as the build lays them down. */
const OUT = join(dirname(fileURLToPath(import.meta.url)), '..');
const RENDERER = join(OUT, 'renderer');

async function main(args: readonly string[]): Promise<void> {
  if (isExport(args)) return runExport(args.slice(1));
  const command = parseCommand(args);
  if (command.kind === 'print') {
    process.stdout.write(command.what === 'help' ? HELP : `${VERSION}\n`);
    return;
  }
  await serve(command.options);
}

async function serve(options: CliOptions): Promise<void> {
  const tour = join(OUT, 'www');
  const engine = engineOf(options, { host: 'browser', tour, renderer: RENDERER, openUrl });
  // Lines for a program that reads standard output must not be mixed with lines for people.
  const piped = options.json || options.log !== undefined;
  const say = (line: string) => (piped ? process.stderr : process.stdout).write(`${line}\n`);
  const output = startTextOutput(engine, options);
  // Lines for people may go unread: whoever waited only for the address has closed the pipe, and is served.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  if (options.record !== undefined) await engine.record(options.record);
  const begun = await begin(engine, options, tour);
  // Before the line that says so: whoever reads it may end us at once.
  const window: { ui?: UiServer } = {};
  const end = endOnSignal(async () => {
    await engine.stop(() => output?.end());
    await window.ui?.stop();
  });
  void output?.unread.then(end);
  say(begun.line);

  if (options.ui) window.ui = await startUi(engine, options, say);
  if (options.share) for (const url of await engine.share(true)) say(`shared    ${url}`);
  if (begun.page !== undefined && options.open && options.ui) openUrl(begun.page);
}

/** Serves the path, or opens it where it is a capture. Resolves to the line that says so, and a page to open. */
async function begin(
  engine: Engine,
  { path, ui }: CliOptions,
  tour: string,
): Promise<{ readonly line: string; readonly page?: string }> {
  if (path !== undefined && !isUrl(path) && isCapturePath(path)) {
    if (!ui) throw new UsageError('--no-ui leaves nothing to show a capture in');
    const { name, exchanges, problem } = await engine.openCapture(resolve(path));
    if (problem !== undefined) process.stderr.write(`${name}: ${problem}\n`);
    return { line: `opened    ${name}, ${exchanges} ${exchanges === 1 ? 'request' : 'requests'}` };
  }
  const { server, notes, open } = await engine.serve(
    path === undefined ? tour : isUrl(path) ? path : resolve(path),
  );
  if (server.status === 'failed') throw new PathProblem(server.problem);
  for (const note of notes) process.stderr.write(`${note}\n`);
  const line = `listening ${server.url}`;
  return open === '/' ? { line } : { line, page: new URL(open, server.url).href };
}

/** The first signal, or call of what is given back, ends in order, with exit code 0; a second one ends at once. */
function endOnSignal(end: () => Promise<void>): () => void {
  let ending = false;
  const stop = () => {
    if (ending) process.exit(1);
    ending = true;
    void end().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stop;
}

async function startUi(engine: Engine, options: CliOptions, say: (line: string) => void): Promise<UiServer> {
  const renderer = RENDERER;
  if (!existsSync(join(renderer, 'index.html'))) {
    throw new PathProblem('The window is not built; run `npm run build`, or serve without it by --no-ui');
  }
  const token = randomBytes(24).toString('base64url');
  const ui = new UiServer({
    renderer,
    token,
    attach: (transport) => engine.attach(transport),
    lend: (transport) => engine.lend(transport),
    download: (path) => engine.download(path),
    open: (name, bytes) => openDropped(name, bytes, (path) => engine.openCapture(path)),
    metrics: () => engine.metrics(),
  });
  const port = await ui.listenNear(options.uiPort);
  // The token stands behind `#`: a fragment is never sent, so it is in no log and no Referer.
  const address = `http://127.0.0.1:${port}/#token=${token}`;
  say(`window    ${address}`);
  if (options.open) openUrl(address);
  return ui;
}

const typed = process.argv.slice(2);
main(typed).catch((error: unknown) => {
  const usage = error instanceof UsageError;
  if (!usage && !(error instanceof PathProblem)) throw error;
  const hint = usage ? ` (see wirescope ${isExport(typed) ? 'export ' : ''}--help)` : '';
  process.stderr.write(`wirescope: ${error.message}${hint}\n`);
  process.exit(usage ? 2 : 1);
});
