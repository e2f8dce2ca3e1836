/** The desktop's main process: one window, one process that serves, and the refusals around them. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { shell } from 'electron/common';
import { app } from 'electron/main';
import * as v from 'valibot';
import { describeApp } from './about.ts';
import { AppLog } from './app-log.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { CHANNEL, type Remembered, type ServedSource } from './channels.ts';
import { readCommandLine } from './command-line.ts';
import { chooseCapture, chooseFolder, chooseSavePath, offerRestart, showProblem } from './dialogs.ts';
import { handle, receive } from './ipc.ts';
import { setMenu } from './menu.ts';
import { Notices } from './notices.ts';
import { openServerUrl, refuseNavigation, refusePermissions } from './security.ts';
import { ServerHost } from './server-host.ts';
import { remembered } from './server-messages.ts';
import { SettingsFile } from './settings-file.ts';
import { ServerTray } from './tray.ts';
import { isWatched, sendCommand, showWindow } from './window.ts';

/** The folder of all bundles. */
const OUT = join(import.meta.dirname, '..');
/** Far longer than a UUID, which is what pages send. */
const MAX_NONCE = 64;

const SECOND_INSTANCE = v.object({ path: v.optional(v.string()), args: v.optional(v.array(v.string())) });

const given = readCommandLine(process.argv, process.cwd(), app.isPackaged);
const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'));
const log = new AppLog(app.getPath('logs'));
const notices = new Notices(isWatched, () => void showWindow(OUT));
let tray: ServerTray | undefined;
const serverHost = new ServerHost({
  entry: join(OUT, 'utility', 'utility.mjs'),
  args: given.args,
  openUrl: openServerUrl,
  onUsage: refuseStart,
  onProblem(text) {
    report(text);
    showProblem(text);
  },
  onSources,
  onEnded: report,
  onGivenUp: () => void askToRestart(),
});

// Before the app is ready, and so without an await.
if (app.requestSingleInstanceLock(given)) begin();
else app.quit();

function begin(): void {
  app.enableSandbox();
  registerAppScheme();
  refuseNavigation();
  listenForPaths();
  listenForEnd();
  serverHost.restore(earlierServers());
  if (given.path !== undefined) serverHost.serve(given.path);
  void app.whenReady().then(onReady);
}

async function onReady(): Promise<void> {
  refusePermissions();
  serveAppScheme(join(OUT, 'renderer'));
  answerPages();
  describeApp();
  setMenu({ send: sendCommand, openLogs: () => void shell.openPath(log.folder) });
  tray = new ServerTray(join(OUT, 'renderer'), {
    open: openServerUrl,
    show: () => void showWindow(OUT),
    quit: () => app.quit(),
  });
  log.write(`started, version ${app.getVersion()}`);
  serverHost.start();
  await showWindow(OUT);
}

/** Options that are given with a folder are for it, whatever was switched for it before. */
function earlierServers(): readonly Remembered[] {
  const { servers } = settings.current;
  if (given.args.length === 0 || given.path === undefined) return servers;
  const real = realPath(given.path);
  return servers.filter(({ what }) => what !== real);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function onSources(sources: readonly ServedSource[]): void {
  tray?.update(sources);
  notices.update(sources);
  settings.update({ servers: sources.map(remembered).filter((server) => server !== undefined) });
}

/** A folder can also come from a second start of the app, and on macOS from the Dock or the Finder. */
function listenForPaths(): void {
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = v.safeParse(SECOND_INSTANCE, data);
    if (parsed.success && parsed.output.path !== undefined) {
      serverHost.serve(parsed.output.path, parsed.output.args);
    }
    void showWindow(OUT);
  });
  app.on('open-file', (event, opened) => {
    event.preventDefault();
    serverHost.serve(opened);
  });
}

/** Without a window nobody sees what is served, so closing it ends the app on macOS too. */
function listenForEnd(): void {
  let stopped = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void serverHost.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}

function answerPages(): void {
  const nonce = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NONCE));
  receive(CHANNEL.connect, v.tuple([nonce]), ({ senderFrame }, asked) => {
    if (senderFrame) serverHost.connect(senderFrame, asked);
  });
  handle(CHANNEL.chooseFolder, v.tuple([]), async () => {
    const chosen = await chooseFolder(settings.current.lastFolder);
    if (chosen !== undefined) settings.update({ lastFolder: chosen });
    return chosen;
  });
  handle(CHANNEL.chooseCapture, v.tuple([]), chooseCapture);
  handle(CHANNEL.chooseSavePath, v.tuple([]), chooseSavePath);
}

/** As the command ends after a mistake of whoever typed it. */
function refuseStart(text: string): void {
  report(`${text} (see wirescope --help)`);
  app.exit(2);
}

/** For the terminal, where there is one, and for the log. */
function report(text: string): void {
  console.error(`wirescope: ${text}`);
  log.write(text);
}

async function askToRestart(): Promise<void> {
  if (await offerRestart()) serverHost.start('The server process was started again');
  else app.quit();
}
