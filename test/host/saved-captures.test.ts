import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SavedCaptures, writeCapture } from '../../server-core/host/saved-captures.ts';
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

describe('a promised download', () => {
  const make = () => ({ ending: 'wirescope', bytes: bytes() });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has an address that nobody can guess, and is good once', () => {
    const saved = new SavedCaptures();
    const [one, two] = [saved.promise(make), saved.promise(make)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice('/saved/'.length), 'base64url')).toHaveLength(24);
    expect(saved.take('/saved/')).toBeUndefined();
    expect(saved.take(one)?.ending).toBe('wirescope');
    expect(saved.take(one)).toBeUndefined();
    expect(saved.take(two)).toBeDefined();
  });

  it('is good for a minute', () => {
    const saved = new SavedCaptures();
    const [one, two] = [saved.promise(make), saved.promise(make)];
    vi.advanceTimersByTime(60_000);
    expect(saved.take(one)).toBeDefined();
    vi.advanceTimersByTime(1);
    expect(saved.take(two)).toBeUndefined();
  });
});
