/** A file system of a given size in memory, for what happens on a full disk. Only root on Linux can have one. */
import { execFileSync } from 'node:child_process';
import { makeFolder } from './folder.ts';

export function mountSmall(path: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', path], { stdio: 'ignore' });
}

export function unmount(path: string): void {
  execFileSync('umount', ['-l', path], { stdio: 'ignore' });
}

/** Containers of root are often not allowed to. */
export const CAN_MOUNT: boolean = (() => {
  if (process.platform !== 'linux') return false;
  const folder = makeFolder();
  try {
    mountSmall(folder.path, '64k');
    unmount(folder.path);
    return true;
  } catch {
    return false;
  } finally {
    folder.remove();
  }
})();
