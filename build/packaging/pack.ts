/**
 * `npm run package [-- electron-builder's arguments]`: builds the desktop and packages it for this platform, or for
 * the one that is named (`--mac`, `--win`, `--linux`, `--dir`).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../bundle.ts';
import { commandScript, OUT, ROOT } from '../project.ts';
import { configuration, missingOf, type Publisher } from './config.ts';

await build(['main', 'preload', 'utility', 'renderer', 'www'], { ifStale: true });
const config = join(OUT, 'electron-builder.json');
const publisher = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Publisher;
const missing = missingOf(publisher);
if (missing !== undefined) console.error(missing);
writeFileSync(config, JSON.stringify(configuration(process.env, publisher)));
const { status } = spawnSync(
  process.execPath,
  [commandScript('electron-builder'), '--config', config, '--publish', 'never', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exit(status ?? 1);
