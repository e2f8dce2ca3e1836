/** The same spec as shell.test.ts in the true Electron, where its program is installed. */
import { _electron as electron } from 'playwright-core';
import { beforeAll, describe } from 'vitest';
import { findElectron } from '../../build/electron-binary.ts';
import { OUT, ROOT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { dropOn } from './drop-on.ts';
import { type Launch, type Shell, shellCases } from './shell.cases.ts';

const obstacle = whyNot();
if (obstacle !== undefined) console.info(`The true Electron is not tested: ${obstacle}.`);

describe.skipIf(obstacle !== undefined)('the desktop shell, in Electron', () => {
  beforeAll(buildStale, BUILD_MS);
  shellCases(inElectron, OUT);
});

function whyNot(): string | undefined {
  if (!findElectron()) return 'its program is not installed';
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  return undefined;
}

async function inElectron(args: readonly string[]): ReturnType<Launch> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await electron.launch({
    executablePath: findElectron() as string,
    // Servers of the person who runs the tests stay theirs.
    args: [...asRoot, `--user-data-dir=${makeFolder().path}`, ROOT, ...args],
  });
  const said: string[] = [];
  const child = app.process();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(String(data)));
  return {
    firstWindow: () => app.firstWindow(),
    windows: () => app.windows(),
    evaluate: ((run: Parameters<typeof app.evaluate>[0], arg: unknown) =>
      app.evaluate(run, arg)) as Shell['evaluate'],
    drop: dropOn,
    output: () => said.join(''),
    async close() {
      await app.close();
      return child.exitCode;
    },
  };
}
