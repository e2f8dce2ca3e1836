/** The npm package as a stranger gets it: packed, installed into an empty folder, and run. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const folder = makeFolder({ 'installed/site/index.html': '<title>from the package</title>' });
const home = join(folder.path, 'installed');
const command = join(home, 'node_modules', 'wirescope', 'out', 'cli', 'wirescope.mjs');
let packed: Packed;

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', ['--loglevel=error', ...args], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

beforeAll(() => {
  // `prepack` builds what is stale, and says so before the report.
  const said = npm(ROOT, 'pack', '--json', '--pack-destination', folder.path);
  [packed] = JSON.parse(said.slice(said.search(/^\[/m))) as [Packed];
  writeFileSync(join(home, 'package.json'), '{"private": true}');
  npm(home, 'install', '--offline', '--no-audit', '--no-fund', join(folder.path, packed.filename));
}, 120_000);
afterAll(() => folder.remove());

describe('the npm package', () => {
  it('holds the command, the window, the tour and the licences, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'package.json',
        'out/cli/wirescope.mjs',
        'out/cli/cli.mjs',
        'out/cli/licenses.md',
        'out/renderer/index.html',
        'out/renderer/licenses.md',
        'out/renderer/licenses-fonts.md',
        'out/www/index.html',
      ]),
    );
    // npm takes along what `main` names; here that is for `electron .` alone.
    const expected = /^(LICENSE|README\.md|package\.json|out\/main\/main\.mjs$|out\/(cli|renderer|www)\/)/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.(map|stamp|ts|tsx)$/.test(path))).toEqual([]);
  });

  it('needs no other package', () => {
    const manifest = JSON.parse(
      readFileSync(join(home, 'node_modules', 'wirescope', 'package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect([manifest.dependencies, manifest.optionalDependencies, manifest.peerDependencies]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const scripts = Object.keys(manifest.scripts as object);
    expect(scripts.filter((name) => /install|prepare/.test(name))).toEqual([]);
  });

  it('is found by npx', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(npm(home, 'exec', '--offline', '--', 'wirescope', '--version').trim()).toBe(version);
  });

  // The group of processes is what a terminal would stop.
  it.skipIf(process.platform === 'win32')('serves by `npx wirescope ./site`', async () => {
    const args = ['--offline', 'wirescope', './site', '--port', '0', '--no-ui'];
    const child = spawn('npx', args, { cwd: home, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    let said = '';
    try {
      for await (const piece of child.stdout) {
        said += String(piece);
        if (said.includes('\n')) break;
      }
      const url = /^listening (\S+)$/m.exec(said)?.[1];
      expect(await (await fetch(url as string)).text()).toBe('<title>from the package</title>');
    } finally {
      process.kill(-(child.pid as number), 'SIGTERM');
      await closed;
    }
  });

  it('serves a folder, and its window with every file that the page names', async () => {
    const program = new Program(
      [join(home, 'site'), '--port', '0', '--ui-port', '0', '--no-open'],
      {},
      command,
    );
    const url = await program.find(/^listening (\S+)$/m);
    const page = new URL(await program.find(/^window\s+(\S+)$/m));
    expect(await (await fetch(url)).text()).toBe('<title>from the package</title>');

    const html = await (await fetch(page.origin)).text();
    const named = [...html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(named.length).toBeGreaterThan(2);
    for (const path of named) {
      const answer = await fetch(new URL(path, page.origin));
      expect([path, answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([path, 200, true]);
    }
    expect(await program.stop()).toBe(0);
  });

  it('serves its tour when no folder is named', async () => {
    const program = new Program(['--port', '0', '--no-ui'], {}, command);
    const url = await program.find(/^listening (\S+)$/m);
    expect(await (await fetch(url)).text()).toContain('Wirescope');
    expect(await program.stop()).toBe(0);
  });
});
