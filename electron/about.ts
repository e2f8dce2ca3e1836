/** Who the app is to the system: what its own box says, and under which name Windows files its notifications. */
import { release, type } from 'node:os';
import { app } from 'electron/main';

/** As in build/packaging/config.ts. */
const APP_ID = 'app.wirescope';

export function describeApp(): void {
  const { electron, chrome, node, v8 } = process.versions;
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  app.setAboutPanelOptions({
    applicationName: 'Wirescope',
    applicationVersion: app.getVersion(),
    // Each platform shows another of these.
    version: `Electron ${electron}`,
    copyright: `MIT licence\nElectron ${electron}, Chromium ${chrome}, Node ${node}, V8 ${v8}\n${type()} ${release()} ${process.arch}`,
  });
}
