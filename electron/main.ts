/** The desktop's main process: one window, one process that serves, and the refusals around them. */
import { join } from 'node:path';
import { app, dialog } from 'electron/main';
import * as v from 'valibot';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { CHANNEL } from './channels.ts';
import { readCommandLine } from './command-line.ts';
import { handle, receive } from './ipc.ts';
import { setMenu } from './menu.ts';
import { openServerUrl, refuseNavigation, refusePermissions } from './security.ts';
import { ServerHost } from './server-host.ts';
import { ourWindow, sendCommand, showWindow } from './window.ts';

/** The folder of all bundles. */
const OUT = join(import.meta.dirname, '..');
/** Far longer than a UUID, which is what pages send. */
const MAX_NONCE = 64;

const CAPTURES: Electron.FileFilter = { name: 'Wirescope captures', extensions: ['wirescope'] };

const SECOND_INSTANCE = v.object({ path: v.optional(v.string()), args: v.optional(v.array(v.string())) });

const given = readCommandLine(process.argv, process.cwd(), app.isPackaged);
const serverHost = new ServerHost({
  entry: join(OUT, 'utility', 'utility.mjs'),
  args: given.args,
  openUrl: openServerUrl,
  onUsage: refuseStart,
  onProblem: showProblem,
  onGivenUp: () => void offerRestart(),
});
let lastFolder: string | undefined;

// Before the app is ready, and so without an await.
if (app.requestSingleInstanceLock(given)) begin();
else app.quit();

function begin(): void {
  app.enableSandbox();
  registerAppScheme();
  refuseNavigation();
  listenForPaths();
  listenForEnd();
  if (given.path !== undefined) serverHost.serve(given.path);
  void app.whenReady().then(onReady);
}

async function onReady(): Promise<void> {
  refusePermissions();
  serveAppScheme(join(OUT, 'renderer'));
  answerPages();
  setMenu(sendCommand);
  serverHost.start();
  await showWindow(OUT);
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
  handle(CHANNEL.chooseFolder, v.tuple([]), chooseFolder);
  handle(CHANNEL.chooseCapture, v.tuple([]), chooseCapture);
  handle(CHANNEL.chooseSavePath, v.tuple([]), chooseSavePath);
}

async function chooseFolder(): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: 'Serve a folder',
    buttonLabel: 'Serve',
    properties: ['openDirectory', 'createDirectory'],
    ...(lastFolder !== undefined && { defaultPath: lastFolder }),
  };
  const window = ourWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  const [chosen] = filePaths;
  lastFolder = chosen ?? lastFolder;
  return chosen;
}

async function chooseCapture(): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: 'Open a capture',
    properties: ['openFile'],
    filters: [CAPTURES],
  };
  const window = ourWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}

async function chooseSavePath(): Promise<string | undefined> {
  const options: Electron.SaveDialogOptions = {
    title: 'Save the capture',
    defaultPath: 'capture.wirescope',
    filters: [CAPTURES],
  };
  const window = ourWindow();
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return filePath === '' ? undefined : filePath;
}

/** As the command ends after a mistake of whoever typed it. */
function refuseStart(text: string): void {
  console.error(`wirescope: ${text} (see wirescope --help)`);
  app.exit(2);
}

function showProblem(text: string): void {
  console.error(`wirescope: ${text}`);
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Wirescope',
    message: 'This cannot be served',
    detail: text,
  });
}

async function offerRestart(): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Wirescope',
    message: 'The server process stopped several times in a row',
    detail: 'What the window shows stays there. You can start it again, or quit.',
    buttons: ['Start Again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) serverHost.start('The server process was started again');
  else app.quit();
}
