import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from '../../server-core/files/safe-name.ts';
import { windowsRefusal } from '../../server-core/files/windows-names.ts';

describe('safeName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['Grüße 2.txt', 'Grüße 2.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\a.txt', 'a.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['a.txt. ', 'a.txt'],
    ['con.txt', '_con.txt'],
    ['photo~1.jpg', 'photo-1.jpg'],
    ['a\r\nb\0c"d.txt', 'abcd.txt'],
    ['gpj.\u202egnp', 'gpj.gnp'],
    ['u\u0308.txt', '\u00fc.txt'],
  ])('%j is %j', (name, expected) => expect(safeName(name)).toBe(expected));

  it('keeps the extension of a long one', () => {
    expect(safeName(`${'ü'.repeat(300)}.jpeg`)).toMatch(/^ü{97}\.jpeg$/);
  });

  it('gives a name that every system takes for itself alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[/\\\0]|^\.|^$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(201);
        expect(windowsRefusal(safe)).toBeUndefined();
      }),
    );
  });
});
