import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files, and a function that removes it. */
export function makeFolder(files: Record<string, string | Uint8Array> = {}): {
  path: string;
  remove(): void;
} {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'wirescope-test-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
