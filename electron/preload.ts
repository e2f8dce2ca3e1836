/** The page's whole view of the desktop: a few verbs, no channel names, no events, nothing of Electron's. */
import { contextBridge, ipcRenderer, webUtils } from 'electron/renderer';
import { CHANNEL, type DesktopBridge, type MenuCommand } from './channels.ts';

const bridge: DesktopBridge = {
  platform: process.platform,
  connect: (nonce) => ipcRenderer.send(CHANNEL.connect, nonce),
  pathForFile: (file) => webUtils.getPathForFile(file),
  chooseFolders: () => ipcRenderer.invoke(CHANNEL.chooseFolders) as Promise<string[]>,
  chooseCapture: () => ipcRenderer.invoke(CHANNEL.chooseCapture) as Promise<string | undefined>,
  chooseSavePath: (ending) =>
    ipcRenderer.invoke(CHANNEL.chooseSavePath, ending) as Promise<string | undefined>,
  reveal: (path) => ipcRenderer.invoke(CHANNEL.reveal, path) as Promise<void>,
  lastCrash: () => ipcRenderer.invoke(CHANNEL.lastCrash) as Promise<string | undefined>,
  copyReport: () => ipcRenderer.invoke(CHANNEL.copyReport) as Promise<void>,
  onCommand(listener) {
    // The event stays here: its `sender` would give the page all of ipcRenderer.
    const relay = (_event: unknown, command: MenuCommand) => listener(command);
    ipcRenderer.on(CHANNEL.command, relay);
    return () => ipcRenderer.off(CHANNEL.command, relay);
  },
};

contextBridge.exposeInMainWorld('wirescope', bridge);

// The bridge copies values and cannot carry a port, so a port goes on as a message to the page's own origin.
ipcRenderer.on(CHANNEL.port, (event, nonce: string) => {
  window.postMessage({ wirescope: 'port', nonce }, location.origin, [...event.ports]);
});
