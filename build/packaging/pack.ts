/**
 * `npm run package [-- electron-builder's arguments]`: builds the desktop and packages it for this platform, or for
 * the one that is named (`--mac`, `--win`, `--linux`, `--dir`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../bundle.ts';
import { commandScript, ROOT } from '../project.ts';
import { configuration } from './config.ts';
import { type Manifest, missingOf, publisherOf } from './publisher.ts';

const publisher = namedPublisher();
await build(['main', 'preload', 'utility', 'renderer', 'www'], { ifStale: true });
const missing = missingOf(publisher);
if (missing !== undefined) console.error(missing);
// In a folder of its own: two runs at once may differ in what they are told.
const folder = mkdtempSync(join(tmpdir(), 'wirescope-package-'));
const config = join(folder, 'electron-builder.json');
writeFileSync(config, JSON.stringify(configuration(process.env, publisher)));
const { status } = spawnSync(
  process.execPath,
  [commandScript('electron-builder'), '--config', config, '--publish', 'never', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
rmSync(folder, { recursive: true });
process.exit(status ?? 1);

/** Asked before anything is built. */
function namedPublisher() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  try {
    return publisherOf(process.env, manifest);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
