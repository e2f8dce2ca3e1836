import { expect, it } from 'vitest';
import { pathOnDisk } from '../../../../renderer/views/heat/disk-path.ts';

it.each([
  ['a file', '/srv/www', 'file', '/docs/b.css', '/srv/www/docs/b.css'],
  ['a folder', '/srv/www/', 'folder', '/docs/', '/srv/www/docs'],
  ['the root', '/srv/www', 'folder', '/', '/srv/www'],
  ['of a whole disk', '/', 'file', '/a', '/a'],
  ['on Windows', 'C:\\sites\\www', 'file', '/docs/b.css', 'C:\\sites\\www\\docs\\b.css'],
  ['a drive', 'C:\\', 'file', '/a', 'C:\\a'],
  ['what is not there', '/srv/www', 'missing', '/gone', undefined],
  ['what a proxy asks for', 'http://localhost:3000', 'file', '/a', undefined],
  ['what has no folder here', '', 'file', '/a', undefined],
] as const)('%s', (_name, root, kind, path, expected) =>
  expect(pathOnDisk(root, { kind, path })).toBe(expected),
);
