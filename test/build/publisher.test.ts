/** Who publishes: deb and rpm name him, and are made for nobody else. */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingOf, publisherOf } from '../../build/packaging/publisher.ts';
import { makeFolder } from '../support/folder.ts';
import { pack, STAND_IN } from './stand-in.ts';

const HOMEPAGE = 'https://example.org/wirescope';
const MAINTAINER = 'Ann Other <ann@example.org>';
const ENV = { WIRESCOPE_HOMEPAGE: HOMEPAGE, WIRESCOPE_MAINTAINER: MAINTAINER };

describe('the publisher', () => {
  it('is the one of the environment, before that of package.json', () => {
    const manifest = { homepage: 'https://example.net/', author: 'Bob <bob@example.net>' };
    expect(publisherOf(ENV, manifest)).toEqual({ homepage: HOMEPAGE, maintainer: MAINTAINER });
    expect(publisherOf({}, manifest)).toEqual({ homepage: manifest.homepage, maintainer: manifest.author });
    expect(publisherOf({ WIRESCOPE_HOMEPAGE: HOMEPAGE, WIRESCOPE_MAINTAINER: '' }, manifest)).toEqual({
      homepage: HOMEPAGE,
      maintainer: manifest.author,
    });
    expect(missingOf(publisherOf(ENV, {}))).toBeUndefined();
  });

  it.each([
    ['WIRESCOPE_HOMEPAGE', 'example.org', 'an http or https URL'],
    ['WIRESCOPE_HOMEPAGE', 'file:///etc', 'an http or https URL'],
    ['WIRESCOPE_MAINTAINER', 'ann@example.org', 'Name <address>'],
    ['WIRESCOPE_MAINTAINER', 'Ann', 'Name <address>'],
    ['WIRESCOPE_MAINTAINER', 'Ann <at home>', 'Name <address>'],
    ['WIRESCOPE_MAINTAINER', 'Ann\nEssential: yes <a@b>', 'Name <address>'],
  ])('is refused where %s makes none: %s', (name, value, form) => {
    expect(() => publisherOf({ ...ENV, [name]: value }, {})).toThrow(
      `${name} is ${form}, not ${JSON.stringify(value)}`,
    );
  });

  it.each([
    [{}, ['WIRESCOPE_HOMEPAGE', 'WIRESCOPE_MAINTAINER']],
    [{ homepage: HOMEPAGE, author: 'The authors' }, ['WIRESCOPE_MAINTAINER']],
    [{ homepage: 'nowhere', author: MAINTAINER }, ['WIRESCOPE_HOMEPAGE']],
  ])('is asked for by what is missing: %j', (manifest, wanted) => {
    const said = missingOf(publisherOf({}, manifest)) ?? '';
    expect(said).toMatch(/^deb and rpm are left out: /);
    expect(said.match(/WIRESCOPE_\w+/g)).toEqual(wanted);
  });
});

/** A stand-in for the tool that writes the packages: it writes down what it was told. */
const TOOL = `#!${process.execPath}
const { appendFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/told', JSON.stringify(args) + '\\n');
writeFileSync(args[args.indexOf('--package') + 1], '');
`;

describe.skipIf(process.platform === 'win32')('deb and rpm', () => {
  const folder = makeFolder({ ...STAND_IN, fpm: TOOL });
  let told: string[][] = [];
  const after = (args: readonly string[], option: string) => args[args.indexOf(option) + 1];

  beforeAll(() => {
    chmodSync(join(folder.path, 'fpm'), 0o755);
    pack(folder.path, ['--linux', 'deb', 'rpm', '--x64'], {
      ...ENV,
      CUSTOM_FPM_PATH: join(folder.path, 'fpm'),
    });
    const lines = readFileSync(join(folder.path, 'told'), 'utf8').trimEnd().split('\n');
    told = lines.map((line) => JSON.parse(line) as string[]);
  }, 120_000);
  afterAll(() => folder.remove());

  it('are both made, and name the publisher', () => {
    expect(told.map((args) => after(args, '-t')).sort()).toEqual(['deb', 'rpm']);
    for (const args of told) {
      expect([after(args, '--maintainer'), after(args, '--url')]).toEqual([MAINTAINER, HOMEPAGE]);
    }
  });

  it('bring the menu of the file manager, the desktop entry, the types of files and an icon', () => {
    for (const args of told) {
      const places = args.filter((arg) => arg.includes('=/usr/share/')).map((arg) => arg.split('=')[1]);
      expect(places).toEqual(
        expect.arrayContaining([
          '/usr/share/kio/servicemenus/wirescope.desktop',
          '/usr/share/applications/wirescope-desktop.desktop',
          '/usr/share/mime/packages/wirescope-desktop.xml',
          '/usr/share/icons/hicolor/512x512/apps/wirescope-desktop.png',
        ]),
      );
    }
  });

  it('are refused in a sentence, before anything is built, where what is set makes no publisher', () => {
    const stderr = (() => {
      try {
        return pack(folder.path, ['--linux', 'deb'], { ...ENV, WIRESCOPE_HOMEPAGE: 'nowhere' });
      } catch (error) {
        return (error as { stderr: string }).stderr;
      }
    })();
    expect(stderr.trim()).toBe('WIRESCOPE_HOMEPAGE is an http or https URL, not "nowhere"');
  });
});
