import { describe, expect, it } from 'vitest';
import { directDisk } from '../../server-core/files/disk.ts';
import { nearest, nearNames } from '../../server-core/files/near-names.ts';
import { makeFolder } from '../support/folder.ts';

describe('nearest', () => {
  it.each<[string, string[], string[]]>([
    ['Logo.png', ['logo.png', 'other.png'], ['logo.png']],
    ['photo.jpg', ['photo.jpeg', 'photos'], ['photo.jpeg']],
    ['indx.html', ['index.html', 'index.htm'], ['index.html', 'index.htm']],
    ['stlye.css', ['style.css'], ['style.css']],
    ['a', ['b', 'abc', 'xyz'], ['b']],
    ['about', ['contact', 'a', 'bout-us-all'], []],
    ['x1', ['x2', 'x3', 'x4', 'x5'], ['x2', 'x3', 'x4']],
  ])('%s among %j', (wanted, names, expected) => {
    expect(nearest(wanted, names)).toEqual(expected);
  });
});

describe('nearNames', () => {
  it('looks where the path first fails, and keeps hidden names hidden', async () => {
    const folder = makeFolder({ 'docs/guide/a.html': '', '.git/x': '' });
    expect(await nearNames(directDisk, folder.path, ['docs', 'giude', 'a.html'], false)).toEqual([
      'docs/guide',
    ]);
    expect(await nearNames(directDisk, folder.path, ['doc', 'guide'], false)).toEqual(['docs']);
    expect(await nearNames(directDisk, folder.path, ['git'], false)).toEqual([]);
    expect(await nearNames(directDisk, folder.path, ['git'], true)).toEqual(['.git']);
    folder.remove();
    expect(await nearNames(directDisk, folder.path, ['docs'], false)).toEqual([]);
  });
});
