/** Packaging around files that stand in for Electron's program, which may not be had. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../build/project.ts';

/** Where Electron's program keeps its fuses: this text, a version, a length, and a digit for each (1 is on). */
export const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const AS_SHIPPED = '101100011';
export const FUSE_WIRE = `${FUSES}\x01${String.fromCharCode(AS_SHIPPED.length)}${AS_SHIPPED}`;

/** What its packager looks for on Linux. */
export const STAND_IN: Readonly<Record<string, string>> = {
  'electron/electron': `${'-'.repeat(64)}${FUSE_WIRE}----`,
  'electron/chrome-sandbox': '',
  'electron/version': '',
  'electron/LICENSE': '',
  'electron/locales/en-US.pak': '',
  'electron/locales/de.pak': '',
  'electron/resources/inspector': '',
};

/** Packages around the stand-in in `electron` of a folder, into `packages` beside it. Returns what was said. */
export function pack(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(
    process.execPath,
    [
      join(ROOT, 'build', 'packaging', 'pack.ts'),
      ...args,
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'packages')}`,
    ],
    { stdio: 'pipe', encoding: 'utf8', env: { ...process.env, ...env } },
  );
}
