/** The desktop shell in the test double: see double/README.md for what that leaves open. */
import { beforeAll, describe } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT } from '../../build/project.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { inDouble } from './in-double.ts';
import { shellCases } from './shell.cases.ts';

describe.skipIf(!findBrowser())('the desktop shell, in the double', () => {
  beforeAll(buildStale, BUILD_MS);
  shellCases(inDouble, OUT);
});
