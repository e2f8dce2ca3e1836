/** What the person is asked, and told, by the system's own dialogs. They belong to the window where there is one. */
import { dialog } from 'electron/main';
import { ourWindow } from './window.ts';

const CAPTURES: Electron.FileFilter = { name: 'Wirescope captures', extensions: ['wirescope'] };

/** A folder to serve; `from` is where to begin to look. */
export function chooseFolder(from: string | undefined): Promise<string | undefined> {
  return chooseOne({
    title: 'Serve a folder',
    buttonLabel: 'Serve',
    properties: ['openDirectory', 'createDirectory'],
    ...(from !== undefined && { defaultPath: from }),
  });
}

/** A capture to open. */
export function chooseCapture(): Promise<string | undefined> {
  return chooseOne({ title: 'Open a capture', properties: ['openFile'], filters: [CAPTURES] });
}

/** Where to save a capture. */
export async function chooseSavePath(): Promise<string | undefined> {
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

export function showProblem(text: string): void {
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Wirescope',
    message: 'This cannot be served',
    detail: text,
  });
}

/** Whether to start the process that serves again. */
export async function offerRestart(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Wirescope',
    message: 'The server process stopped several times in a row',
    detail: 'What the window shows stays there. You can start it again, or quit.',
    buttons: ['Start Again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

async function chooseOne(options: Electron.OpenDialogOptions): Promise<string | undefined> {
  const window = ourWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}
