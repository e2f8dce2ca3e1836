import { join } from 'node:path';
import { OUT } from '../../build/project.ts';
import { launchDouble } from './double/launch.ts';
import { dropOn } from './drop-on.ts';
import type { Launch } from './shell.cases.ts';

/** Launches the built main process in the test double. */
export const inDouble: Launch = async (args) => {
  const app = await launchDouble({ main: join(OUT, 'main', 'main.mjs'), args });
  return {
    firstWindow: () => app.firstWindow(),
    windows: () => app.windows(),
    evaluate: (run, arg) => app.evaluate(run, arg),
    async drop(page, path) {
      await app.announcePaths([path]);
      await dropOn(page, path);
    },
    output: () => app.output(),
    close: () => app.close(),
  };
};
