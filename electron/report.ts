/** What helps whoever is to find out what went wrong: versions, the system, and the last lines of the log. */
import { arch, cpus, release, totalmem, type } from 'node:os';
import { app } from 'electron/main';
import type { AppLog } from './app-log.ts';

const LAST_LINES = 60;
const GIB = 2 ** 30;

/** It names no folder that is served, no address and nothing captured, but for what the log says of problems. */
export function reportOf(log: AppLog): string {
  const { electron, chrome, node, v8 } = process.versions;
  return [
    `Wirescope ${app.getVersion()}${app.isPackaged ? '' : ', not packaged'}`,
    `Electron ${electron}, Chromium ${chrome}, Node ${node}, V8 ${v8}`,
    `${type()} ${release()} ${arch()}, ${cpus().length} cores, ${(totalmem() / GIB).toFixed(1)} GiB`,
    '',
    ...log.tail(LAST_LINES),
    '',
  ].join('\n');
}
