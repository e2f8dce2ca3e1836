import { readdirSync, readlinkSync } from 'node:fs';

/** What this process has open below a path, by its descriptors. Only where there is /proc. */
export function openBelow(path: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(path) ? [target] : [];
    } catch {
      // It was closed since its name was read.
      return [];
    }
  });
}
