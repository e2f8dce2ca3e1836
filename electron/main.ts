/** The desktop's main process: one window, one process that serves, and the refusals around them. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { shell } from 'electron/common';
import { app, clipboard } from 'electron/main';
import * as v from 'valibot';
import { describeApp } from './about.ts';
import { AppLog } from './app-log.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { CHANNEL, type Remembered, type ServedSource } from './channels.ts';
import { readCommandLine } from './command-line.ts';
import {
  chooseCapture,
  chooseFolders,
  chooseSavePath,
  confirmServing,
  offerReload,
  offerRestart,
  SAVE_ENDINGS,
  showProblem,
} from './dialogs.ts';
import { handle, receive } from './ipc.ts';
import { type MenuActions, setMenu } from './menu.ts';
import { Notices } from './notices.ts';
import { Recents } from './recents.ts';
import { reportOf } from './report.ts';
import { reveal } from './reveal.ts';
import { openServerUrl, refuseNavigation, refusePermissions } from './security.ts';
import { ServerHost } from './server-host.ts';
import { remembered } from './server-messages.ts';
import { SettingsFile } from './settings-file.ts';
import { ServerTray } from './tray.ts';
import { isWatched, sendCommand, showWindow } from './window.ts';
import { takeLastCrash } from './window-crashes.ts';

/** The folder of all bundles. */
const OUT = join(import.meta.dirname, '..');
/** Far longer than a UUID, which is what pages send. */
const MAX_NONCE = 64;

const SECOND_INSTANCE = v.object({ paths: v.array(v.string()), args: v.optional(v.array(v.string())) });

const given = readCommandLine(process.argv, process.cwd(), app.isPackaged);
const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'));
const log = new AppLog(app.getPath('logs'));
const notices = new Notices(isWatched, () => void show());
const recents = new Recents({
  earlier: settings.current.recents ?? [],
  changed(paths) {
    settings.update({ recents: paths });
    if (app.isReady()) setMenu(MENU, paths);
  },
});
let tray: ServerTray | undefined;
const serverHost = new ServerHost({
  entry: join(OUT, 'utility', 'utility.mjs'),
  args: given.args,
  openUrl: openServerUrl,
  onUsage: refuseStart,
  onWarning: confirmServing,
  onProblem(text) {
    report(text);
    showProblem(text);
  },
  onSources,
  onEnded: report,
  onGivenUp: () => void askToRestart(),
});

const MENU: MenuActions = {
  send: sendCommand,
  openLogs: () => void shell.openPath(log.folder),
  copyReport: () => void copyReport(),
  reopen: (path) => serverHost.serve(path),
  forgetRecents: () => recents.clear(),
};

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
  for (const path of given.paths) serverHost.serve(path);
  void app.whenReady().then(onReady);
}

async function onReady(): Promise<void> {
  refusePermissions();
  serveAppScheme(join(OUT, 'renderer'));
  answerPages();
  describeApp();
  setMenu(MENU, recents.paths);
  tray = new ServerTray(join(OUT, 'renderer'), {
    open: openServerUrl,
    show: () => void show(),
    quit: () => app.quit(),
  });
  log.write(`started, version ${app.getVersion()}`);
  serverHost.start();
  await show();
}

function show(): Promise<void> {
  return showWindow(OUT, { report, askToReload: () => offerReload(copyReport), quit: () => app.quit() });
}

/** Options that are given with a folder are for it, whatever was switched for it before. */
function earlierServers(): readonly Remembered[] {
  const { servers } = settings.current;
  if (given.args.length === 0) return servers;
  const real = given.paths.map(realPath);
  return servers.filter(({ what }) => !real.includes(what));
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
  recents.update(sources);
  settings.update({ servers: sources.map(remembered).filter((server) => server !== undefined) });
}

/** A folder can also come from a second start of the app, and on macOS from the Dock or the Finder. */
function listenForPaths(): void {
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = v.safeParse(SECOND_INSTANCE, data);
    if (parsed.success) {
      for (const path of parsed.output.paths) serverHost.serve(path, parsed.output.args);
    }
    void show();
  });
  app.on('open-file', (event, opened) => {
    event.preventDefault();
    serverHost.serve(opened);
    // Before that the window is about to come anyway.
    if (tray) void show();
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
  handle(CHANNEL.chooseFolders, v.tuple([]), async () => {
    const chosen = await chooseFolders(settings.current.lastFolder);
    const last = chosen.at(-1);
    if (last !== undefined) settings.update({ lastFolder: last });
    return chosen;
  });
  handle(CHANNEL.chooseCapture, v.tuple([]), chooseCapture);
  handle(CHANNEL.chooseSavePath, v.tuple([v.picklist(SAVE_ENDINGS)]), (_event, ending) =>
    chooseSavePath(ending),
  );
  handle(CHANNEL.lastCrash, v.tuple([]), takeLastCrash);
  handle(CHANNEL.copyReport, v.tuple([]), copyReport);
  handle(CHANNEL.reveal, v.tuple([v.string()]), (_event, path) =>
    reveal(
      path,
      settings.current.servers.map(({ what }) => what),
    ),
  );
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

function copyReport(): Promise<void> {
  return clipboard.writeText(reportOf(log));
}

async function askToRestart(): Promise<void> {
  if (await offerRestart(copyReport)) serverHost.start('The server process was started again');
  else app.quit();
}
