/** Everything the desktop refuses, in one file. */
import { networkInterfaces } from 'node:os';
import { shell } from 'electron/common';
import { app, session } from 'electron/main';
import { isOwnUrl, isServerUrl } from './addresses.ts';

/** The one permission a page of ours uses: "copy". */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** No page leaves our origin, opens a window or embeds another page. Call it before the first window. */
export function refuseNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnUrl(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Camera, location, notifications and the rest. Both handlers are needed: one for asking, one for looking. */
export function refusePermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(ALLOWED_PERMISSIONS.has(permission));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission) =>
    ALLOWED_PERMISSIONS.has(permission),
  );
}

/** Opens a server of ours in the person's browser; anything else is not opened. */
export function openServerUrl(url: string): void {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const own = addresses.map(({ address }) => address);
  if (isServerUrl(url, own)) void shell.openExternal(url);
}
