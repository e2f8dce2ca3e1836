/** What the built bundles must and must not hold. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { OUT } from '../../build/project.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';

const read = (...path: string[]) => readFileSync(join(OUT, ...path), 'utf8');

beforeAll(buildStale, BUILD_MS);

describe('the bundles', () => {
  it.each([
    ['main', 'main.mjs'],
    ['preload', 'preload.cjs'],
  ])('of %s switch off no protection', (...path) => {
    expect(read(...path)).not.toMatch(
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/,
    );
  });

  it.each([
    ['main', 'main.mjs', ['electron/common', 'electron/main']],
    ['utility', 'utility.mjs', []],
    ['cli', 'wirescope.mjs', []],
    ['cli', 'cli.mjs', []],
    ['cli', 'worker.mjs', []],
    ['utility', 'worker.mjs', []],
    ['cli', 'load-process.mjs', []],
    ['utility', 'load-process.mjs', []],
    ['cli', 'import-thread.mjs', []],
    ['utility', 'import-thread.mjs', []],
  ])('of %s needs nothing installed', (folder, file, electron) => {
    const { module } = parseSync(file, read(folder, file));
    const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
    const foreign = imported.filter((name) => !builtinModules.includes(name.replace(/^node:/, '')));
    expect(foreign.sort()).toEqual(electron);
  });

  it('of the preload is CommonJS and asks for what a sandbox gives', () => {
    const text = read('preload', 'preload.cjs');
    expect([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual([
      'electron/renderer',
    ]);
    expect(parseSync('preload.cjs', text).module.hasModuleSyntax).toBe(false);
  });

  it('of the command begins as a command does', () => {
    expect(read('cli', 'wirescope.mjs')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('of the page has React as it is shipped', () => {
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec(read('renderer', 'index.html')) ?? [];
    expect(read('renderer', script as string)).not.toContain('act(...)');
  });
});
