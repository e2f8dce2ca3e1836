import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCapture } from '../../server-core/host/saved-captures.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;

beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder.remove());

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('hello');
}

describe.skipIf(process.platform === 'win32')('a file', () => {
  it('is for its owner alone, unless credentials were taken out', async () => {
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    const path = `${folder.path}/x.wirescope`;
    expect(await writeCapture(path, bytes())).toBe(5);
    expect(readFileSync(path, 'utf8')).toBe('hello');
    expect(mode(path)).toBe('600');
    await writeCapture(`${folder.path}/x.har`, bytes(), true);
    expect(mode(`${folder.path}/x.har`)).toBe((0o666 & ~process.umask()).toString(8));
  });
});
