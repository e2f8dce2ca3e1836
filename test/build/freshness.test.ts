import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isFresh, writeStamp } from '../../build/freshness.ts';
import { makeFolder } from '../support/folder.ts';

describe('freshness', () => {
  let folder: ReturnType<typeof makeFolder>;
  const print = () => fingerprint(folder.path, ['src', 'lock.json', 'not-there']);
  const at = (...path: string[]) => join(folder.path, ...path);

  beforeEach(() => {
    folder = makeFolder({
      'src/a.ts': 'a',
      'src/deep/b.ts': 'b',
      'lock.json': '{}',
      'other.txt': 'o',
      'out/x': '',
    });
  });
  afterEach(() => folder.remove());

  it('is fresh with the stamp of the same sources, and not without one', () => {
    expect(isFresh(at('out'), print())).toBe(false);
    writeStamp(at('out'), print());
    expect(isFresh(at('out'), print())).toBe(true);
  });

  it.each<[string, () => void]>([
    ['grows', () => writeFileSync(at('src', 'a.ts'), 'aa')],
    ['is put back with an older time', () => utimesSync(at('src', 'a.ts'), 1, 1)],
    ['is removed', () => rmSync(at('src', 'deep', 'b.ts'))],
    ['is renamed', () => renameSync(at('src', 'a.ts'), at('src', 'c.ts'))],
    ['is added', () => writeFileSync(at('src', 'deep', 'c.ts'), '')],
    ['that stands alone changes', () => writeFileSync(at('lock.json'), '{ }')],
  ])('is stale when a source %s', (_what, change) => {
    writeStamp(at('out'), print());
    change();
    expect(isFresh(at('out'), print())).toBe(false);
  });

  it('stays fresh when something else changes', () => {
    writeStamp(at('out'), print());
    writeFileSync(at('other.txt'), 'changed');
    expect(isFresh(at('out'), print())).toBe(true);
  });
});
