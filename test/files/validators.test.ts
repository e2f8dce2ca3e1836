import type { BigIntStats } from 'node:fs';
import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSettled, sameState, validatorsOf } from '../../server-core/files/validators.ts';
import { makeFolder } from '../support/folder.ts';

/** The state of a true file, with some of it replaced. */
function state(
  changes: Partial<Pick<BigIntStats, 'size' | 'mtimeNs' | 'ctimeNs' | 'ino' | 'dev'>> = {},
): BigIntStats {
  const folder = makeFolder({ a: '' });
  const stats = statSync(join(folder.path, 'a'), { bigint: true });
  folder.remove();
  return Object.assign(stats, { size: 91n, mtimeNs: AT, ctimeNs: AT, ino: 1n, dev: 1n }, changes);
}

const AT = 1_000_000_000_123_456_789n;
const AT_MS = 1_000_000_000_123;
const MUCH_LATER = AT_MS + 60_000;

describe('validatorsOf', () => {
  it('is the size and the time in hex', () => {
    expect(validatorsOf(state(), MUCH_LATER)).toEqual({
      etag: '"5b-de0b6b3aebfcd15"',
      lastModified: 1_000_000_000_000,
    });
  });

  it('adds the change time when the time of the last write was set by hand', () => {
    const { etag } = validatorsOf(state({ ctimeNs: AT + 255n }), MUCH_LATER);
    expect(etag).toBe('"5b-de0b6b3aebfcd15-de0b6b3aebfce14"');
  });

  it('is weak while a further write might not show', () => {
    expect(validatorsOf(state(), AT_MS + 10).etag).toMatch(/^W\/"/);
    expect(validatorsOf(state(), AT_MS - 1000).etag).toMatch(/^W\/"/);
  });

  it('differs for a write within the same second', () => {
    const first = validatorsOf(state(), MUCH_LATER);
    const second = validatorsOf(state({ mtimeNs: AT + 1n, ctimeNs: AT + 1n }), MUCH_LATER);
    expect(second.etag).not.toBe(first.etag);
    expect(second.lastModified).toBe(first.lastModified);
  });

  it('gives a date that can be written, whatever the file says', () => {
    expect(validatorsOf(state({ mtimeNs: -5_000_000_000n }), MUCH_LATER).lastModified).toBe(0);
    const far = validatorsOf(state({ mtimeNs: 900_000_000_000_000_000_000n }), MUCH_LATER).lastModified;
    expect(new Date(far).toUTCString()).toBe('Fri, 31 Dec 9999 23:59:59 GMT');
  });
});

describe('isSettled', () => {
  it('waits longer where the disk keeps whole seconds', () => {
    const coarse = state({ ctimeNs: 1_000_000_000_000_000_000n });
    expect(isSettled(coarse, 1_000_000_001_999)).toBe(false);
    expect(isSettled(coarse, 1_000_000_002_001)).toBe(true);
    expect(isSettled(state(), AT_MS + 51)).toBe(true);
  });
});

describe('sameState', () => {
  it.each(['size', 'mtimeNs', 'ctimeNs', 'ino', 'dev'] as const)('sees a change of %s', (part) => {
    expect(sameState(state(), state())).toBe(true);
    expect(sameState(state(), state({ [part]: 2n }))).toBe(false);
  });

  it('sees what utimes does to a true file', () => {
    const folder = makeFolder({ a: 'x' });
    const path = join(folder.path, 'a');
    const before = statSync(path, { bigint: true });
    expect(sameState(before, statSync(path, { bigint: true }))).toBe(true);
    utimesSync(path, 1, 1);
    expect(sameState(before, statSync(path, { bigint: true }))).toBe(false);
    folder.remove();
  });
});
