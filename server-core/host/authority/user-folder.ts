import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * Where Wirescope keeps what is its user's. `WIRESCOPE_HOME` names another place; else it is where the platform
 * wants it: the XDG Base Directory Specification, Apple's File System Programming Guide, Windows' Known Folders.
 */
export function userFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.WIRESCOPE_HOME) return env.WIRESCOPE_HOME;
  if (platform === 'win32')
    return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Wirescope');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Wirescope');
  const data = env.XDG_DATA_HOME;
  // The specification: a path that is not absolute is to be ignored.
  const base = data && posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share');
  return posix.join(base, 'wirescope');
}
