/**
 * The desktop's packages as far as they can be made without Electron's program: the configuration by electron-builder's
 * own schema, and an unpacked Linux app around a stand-in for the program, whose payload then runs in the double.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { configuration as configurationOf } from '../../build/packaging/config.ts';
import { ROOT } from '../../build/project.ts';
import { launchDouble } from '../electron/double/launch.ts';
import { makeFolder } from '../support/folder.ts';
import { FUSE_WIRE, FUSES, pack, STAND_IN } from './stand-in.ts';

const require = createRequire(import.meta.url);
const PUBLISHER = { homepage: 'https://example.org/', maintainer: 'Ann <ann@example.org>' };
const configuration = (env: NodeJS.ProcessEnv) => configurationOf(env, PUBLISHER);

const asar = require('@electron/asar') as typeof import('@electron/asar');

describe('the configuration', () => {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
    validateConfiguration(config: unknown, log: { add(): void; isEnabled: boolean }): Promise<void>;
  };
  const check = (config: object) => validateConfiguration(config, { add: () => {}, isEnabled: false });

  it('is one by the schema of electron-builder', async () => {
    await check(configuration({}));
    await check(configuration({ WIRESCOPE_UPDATES: 'https://example.org/updates/' }));
  });

  it('would not be with a misspelt name', async () => {
    await expect(check({ ...configuration({}), asarr: true })).rejects.toThrow("unknown property 'asarr'");
  });

  it('names files that are there', () => {
    const { mac, win, nsis, linux, deb, rpm } = configuration({});
    for (const path of [
      mac?.icon,
      mac?.entitlements,
      mac?.entitlementsInherit,
      win?.icon,
      nsis?.include,
      linux?.icon,
      deb?.fpm?.[0]?.split('=')[0],
      rpm?.fpm?.[0]?.split('=')[0],
    ]) {
      expect(existsSync(join(ROOT, path as string)), String(path)).toBe(true);
    }
  });

  it('has the packages of every platform', () => {
    const targets = (given: unknown) =>
      (given as { target: string; arch: string[] }[]).map(
        ({ target, arch }) => `${target} ${arch.join(' ')}`,
      );
    const { mac, win, linux } = configuration({});
    expect(targets(mac?.target)).toEqual(['dmg arm64 x64', 'zip arm64 x64']);
    expect(targets(win?.target)).toEqual(['nsis x64 arm64', 'portable x64']);
    expect(targets(linux?.target)).toEqual(['AppImage x64 arm64', 'deb x64 arm64', 'rpm x64 arm64']);
  });

  it('carries the publisher through, to the packages that name him', () => {
    const { linux, extraMetadata } = configuration({});
    expect([linux?.maintainer, extraMetadata]).toEqual([
      PUBLISHER.maintainer,
      { homepage: PUBLISHER.homepage },
    ]);
  });

  it.each([
    ['no homepage', { maintainer: PUBLISHER.maintainer }],
    ['nobody', { homepage: PUBLISHER.homepage }],
    ['nobody at all', {}],
  ])('makes no deb and rpm in the name of %s', async (_what, publisher) => {
    const { target } = configurationOf({}, publisher).linux ?? {};
    expect(target).toEqual([{ target: 'AppImage', arch: ['x64', 'arm64'] }]);
    await check(configurationOf({}, publisher));
  });

  it('makes nothing up', () => {
    expect(JSON.stringify([configurationOf({}, {}), configuration({})])).not.toMatch(
      /\.invalid|example\.com/,
    );
  });

  it('takes captures of other programs only where another program keeps them', () => {
    const { mac, win, linux } = configuration({});
    const ranks = (given: unknown) =>
      (given as { ext: string; rank: string }[]).map(({ ext, rank }) => `${ext} ${rank}`);
    const all = ['wirescope Owner', 'har Alternate', 'pcap Alternate', 'pcapng Alternate'];
    expect([ranks(mac?.fileAssociations), ranks(linux?.fileAssociations)]).toEqual([all, all]);
    expect(ranks(win?.fileAssociations)).toEqual(['wirescope Owner']);
  });

  it('registers with the Explorer what the app takes, and takes it away again', () => {
    const script = readFileSync(join(ROOT, configuration({}).nsis?.include as string), 'utf8');
    const [install = '', uninstall = ''] = script.split('!macro customUnInstall');
    const keys = (text: string) =>
      new Set([...text.matchAll(/"Software\\Classes\\([^"]+)"/g)].map(([, key]) => key));
    const written = [...keys(install)].map((key) => key?.replace(/\\(?:shell\\open\\)?command$/, ''));
    expect(keys(uninstall)).toEqual(new Set(written));
    for (const key of ['Directory', 'Directory\\Background']) {
      // Of a drive it would be `C:\`, whose backslash would take the meaning from the quote.
      expect(install).toContain(
        `${key}\\shell\\Wirescope\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "%V\\."'`,
      );
    }
    for (const ext of ['har', 'pcap', 'pcapng']) expect(install).toContain(`\\.${ext}\\OpenWithProgids`);
  });

  it('hardens the runtime on macOS, and loosens it for machine code alone', () => {
    const { mac } = configuration({}) as Configuration;
    expect(mac?.hardenedRuntime).toBe(true);
    const plist = readFileSync(join(ROOT, mac?.entitlements as string), 'utf8');
    expect([...plist.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  });

  it('names the app as the app does', () => {
    const about = readFileSync(join(ROOT, 'electron', 'about.ts'), 'utf8');
    expect(/APP_ID = '(.*)'/.exec(about)?.[1]).toBe(configuration({}).appId);
  });

  it('writes where updates are only when it is told', () => {
    expect(configuration({}).publish).toBeNull();
    expect(configuration({ WIRESCOPE_UPDATES: 'https://example.org/' }).publish).toEqual([
      { provider: 'generic', url: 'https://example.org/' },
    ]);
  });
});

describe('the unpacked app', () => {
  const folder = makeFolder({ ...STAND_IN, 'site/index.html': '<title>packaged</title>' });
  const app = join(
    folder.path,
    'packages',
    process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked',
  );
  const archive = join(app, 'resources', 'app.asar');

  beforeAll(() => {
    pack(folder.path, ['--linux', '--dir']);
  }, 120_000);
  afterAll(() => folder.remove());

  it('holds the bundles and a manifest, and nothing that is not run', () => {
    const files = asar.listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/main.mjs',
        '/out/preload/preload.cjs',
        '/out/utility/utility.mjs',
        '/out/renderer/index.html',
        '/out/www/index.html',
      ]),
    );
    expect(
      files.filter((path) => /node_modules|\.map$|\.stamp$|\.ts$|\/out\/(cli|types)/.test(path)),
    ).toEqual([]);
    const manifest = JSON.parse(asar.extractFile(archive, 'package.json').toString()) as Record<
      string,
      unknown
    >;
    expect(manifest.main).toBe('out/main/main.mjs');
    expect(Object.keys(manifest)).not.toContain('devDependencies');
  });

  it('has the tour beside the archive, as a folder', () => {
    expect(existsSync(join(app, 'resources', 'app.asar.unpacked', 'out', 'www', 'index.html'))).toBe(true);
  });

  it('has the languages it speaks and no others', () => {
    expect(existsSync(join(app, 'locales', 'en-US.pak'))).toBe(true);
    expect(existsSync(join(app, 'locales', 'de.pak'))).toBe(false);
  });

  it('has its fuses blown', () => {
    const program = readFileSync(join(app, 'wirescope-desktop'), 'latin1');
    const at = program.indexOf(FUSES) + FUSES.length + 2;
    expect({
      runAsNode: program[at],
      cookieEncryption: program[at + 1],
      nodeOptions: program[at + 2],
      nodeCliInspect: program[at + 3],
      asarIntegrity: program[at + 4],
      onlyAsar: program[at + 5],
      browserSnapshot: program[at + 6],
      filePrivileges: program[at + 7],
    }).toEqual({
      ...{ runAsNode: '1', cookieEncryption: '0', nodeOptions: '0', nodeCliInspect: '0' },
      ...{ asarIntegrity: '1', onlyAsar: '1', browserSnapshot: '0', filePrivileges: '0' },
    });
  });

  it.skipIf(!findBrowser())('runs from what is in the archive', async () => {
    const payload = join(folder.path, 'payload');
    asar.extractAll(archive, payload);
    const double = await launchDouble({
      main: join(payload, 'out', 'main', 'main.mjs'),
      args: [join(folder.path, 'site'), '--port', '0'],
    });
    try {
      const page = await double.firstWindow();
      const address = page.getByTestId('server-row').getByTitle('Copy http');
      const url = (await address.getAttribute('title'))?.slice('Copy '.length) as string;
      expect(await (await fetch(url)).text()).toBe('<title>packaged</title>');
    } finally {
      expect(await double.close()).toBe(0);
    }
  });
});

/** Electron's app for macOS as its packager finds it: a framework with the fuses, and four helpers. */
function standInForMac(top: string): void {
  const contents = join(top, 'Electron.app', 'Contents');
  const framework = join(contents, 'Frameworks', 'Electron Framework.framework');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, 'latin1');
  };
  const bundle = (folder: string, name: string) => {
    write(join(folder, 'MacOS', name), '');
    write(
      join(folder, 'Info.plist'),
      `<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleName</key><string>${name}</string>` +
        `<key>CFBundleExecutable</key><string>${name}</string></dict></plist>`,
    );
  };
  bundle(contents, 'Electron');
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`;
    bundle(join(contents, 'Frameworks', `${name}.app`, 'Contents'), name);
  }
  write(join(framework, 'Versions', 'A', 'Electron Framework'), FUSE_WIRE);
  write(join(framework, 'Versions', 'A', 'Resources', 'en.lproj', 'locale.pak'), '');
  symlinkSync('A', join(framework, 'Versions', 'Current'));
  for (const name of ['Electron Framework', 'Resources']) {
    symlinkSync(join('Versions', 'Current', name), join(framework, name));
  }
  write(join(contents, 'Resources', 'en.lproj', 'x'), '');
  for (const name of ['LICENSE', 'version', 'LICENSES.chromium.html']) write(join(top, name), '');
}

// On macOS itself it would be signed, which needs the true program.
describe.skipIf(process.platform !== 'linux')('the unpacked app for macOS', () => {
  const folder = makeFolder();
  const contents = join(folder.path, 'packages', 'mac', 'Wirescope.app', 'Contents');
  let plist = '';

  beforeAll(() => {
    standInForMac(join(folder.path, 'electron'));
    pack(folder.path, ['--mac', '--x64', '--dir']);
    plist = readFileSync(join(contents, 'Info.plist'), 'utf8').replaceAll(/>\s+</g, '><');
  }, 120_000);
  afterAll(() => folder.remove());

  it('has the hash of its archive, which the system holds it to', () => {
    const { headerString } = asar.getRawHeader(join(contents, 'Resources', 'app.asar'));
    const hash = createHash('sha256').update(headerString).digest('hex');
    expect(plist).toContain(
      `<key>algorithm</key><string>SHA256</string><key>hash</key><string>${hash}</string>`,
    );
  });

  it('takes captures and folders', () => {
    for (const extension of ['wirescope', 'har', 'pcap', 'pcapng']) {
      expect(plist).toContain(
        `<key>CFBundleTypeExtensions</key><array><string>${extension}</string></array>`,
      );
    }
    expect(plist).toContain('<key>LSItemContentTypes</key><array><string>public.folder</string></array>');
  });

  it('has helpers by its own name, and its icon', () => {
    const helper = join(contents, 'Frameworks', 'Wirescope Helper (Renderer).app', 'Contents', 'MacOS');
    expect(existsSync(join(helper, 'Wirescope Helper (Renderer)'))).toBe(true);
    expect(readFileSync(join(contents, 'Resources', 'icon.icns'))).toEqual(
      readFileSync(join(ROOT, 'build', 'packaging', 'icons', 'icon.icns')),
    );
  });
});
