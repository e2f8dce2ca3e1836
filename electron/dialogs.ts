/** What the person is asked, and told, by the system's own dialogs. Those that choose belong to the window, if there is one. */
import { dialog } from 'electron/main';
import { ourWindow } from './window.ts';

/** What the page may have written, by the endings of its names. */
const SAVED = {
  wirescope: 'Wirescope captures',
  har: 'HTTP archives',
  pcapng: 'Packets',
  html: 'Reports',
  ndjson: 'Events',
  log: 'Access logs',
  zip: 'Archives',
} as const;
type SaveEnding = keyof typeof SAVED;
export const SAVE_ENDINGS = Object.keys(SAVED) as SaveEnding[];
const OPENED: readonly Electron.FileFilter[] = [
  { name: 'Captures', extensions: ['wirescope', 'har', 'pcap', 'pcapng', 'cap'] },
  { name: 'All files', extensions: ['*'] },
];

/** Folders to serve; `from` is where to begin to look. */
export function chooseFolders(from: string | undefined): Promise<readonly string[]> {
  return choose({
    title: 'Serve a folder',
    buttonLabel: 'Serve',
    properties: ['openDirectory', 'createDirectory', 'multiSelections'],
    ...(from !== undefined && { defaultPath: from }),
  });
}

/** A capture to open. */
export async function chooseCapture(): Promise<string | undefined> {
  const [path] = await choose({ title: 'Open a capture', properties: ['openFile'], filters: [...OPENED] });
  return path;
}

/** Where to save a capture, or what is made of one. */
export async function chooseSavePath(ending: SaveEnding): Promise<string | undefined> {
  const options: Electron.SaveDialogOptions = {
    title: ending === 'wirescope' ? 'Save the capture' : 'Export',
    defaultPath: `capture.${ending}`,
    filters: [{ name: SAVED[ending], extensions: [ending] }],
  };
  const window = ourWindow();
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return filePath === '' ? undefined : filePath;
}

/** Whether to serve what few people mean to share. */
export async function confirmServing(path: string, warning: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Wirescope',
    message: `Serve ${path}?`,
    detail: `${warning}.`,
    buttons: ['Serve It All the Same', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

export function showProblem(text: string): void {
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Wirescope',
    message: 'This cannot be served',
    detail: text,
  });
}

/** Whether to start the process that serves again. */
export function offerRestart(copyReport: () => Promise<void>): Promise<boolean> {
  return offerAgain(
    'The server process stopped several times in a row',
    'What the window shows stays there. You can start it again, or quit.',
    copyReport,
  );
}

/** Whether to load the page of the window again. */
export function offerReload(copyReport: () => Promise<void>): Promise<boolean> {
  return offerAgain(
    'The window’s process stopped several times in a row',
    'What was captured is still there. You can load the window again, or quit.',
    copyReport,
  );
}

async function offerAgain(
  message: string,
  detail: string,
  copyReport: () => Promise<void>,
): Promise<boolean> {
  const buttons = ['Start Again', 'Copy a Report', 'Quit'];
  const asked = { type: 'error' as const, title: 'Wirescope', message, detail, buttons };
  const { response } = await dialog.showMessageBox({ ...asked, defaultId: 0, cancelId: 2 });
  if (response !== 1) return response === 0;
  await copyReport();
  return offerAgain(message, detail, copyReport);
}

async function choose(options: Electron.OpenDialogOptions): Promise<readonly string[]> {
  const window = ourWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths;
}
