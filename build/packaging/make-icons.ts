/** `node build/packaging/make-icons.ts`: every icon from icon.svg, drawn by the browser of this machine. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser } from '../find-browser.ts';
import { ROOT } from '../project.ts';
import { icns, ico, type Picture } from './icon-files.ts';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICONS = join(import.meta.dirname, 'icons');
/** Beside the page, where the app finds them built or not. */
const PUBLIC = join(ROOT, 'renderer', 'public');
/** What macOS wants around an icon, and the others do not. */
const MARGIN = 96;

const svg = readFileSync(join(import.meta.dirname, 'icon.svg'), 'utf8');
const cut = svg.replace('viewBox="0 0 1024 1024"', `viewBox="${MARGIN} ${MARGIN} 832 832"`);
if (cut === svg) throw new Error('icon.svg must have viewBox="0 0 1024 1024"');

const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();

mkdirSync(ICONS, { recursive: true });
writeFileSync(join(ICONS, 'icon.icns'), icns(await drawn(svg, SIZES)));
const full = await drawn(cut, SIZES);
writeFileSync(join(ICONS, 'icon.ico'), ico(full));
for (const { size, png } of full) writeFileSync(join(ICONS, `${size}x${size}.png`), png);
await trayIcons('tray', readFileSync(join(PUBLIC, 'mark.svg'), 'utf8'));
// macOS colours it by itself, by its transparency alone.
await trayIcons(
  'trayTemplate',
  readFileSync(join(PUBLIC, 'mark.svg'), 'utf8').replaceAll(/fill="#\w+"/g, 'fill="#000"'),
);
await browser.close();

/** One point a pixel, and two, by the names that Electron looks for. */
async function trayIcons(name: string, source: string): Promise<void> {
  const [one, two] = await drawn(source, [18, 36]);
  writeFileSync(join(PUBLIC, `${name}.png`), one?.png ?? '');
  writeFileSync(join(PUBLIC, `${name}@2x.png`), two?.png ?? '');
}

async function drawn(source: string, sizes: readonly number[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${source}`,
    );
    pictures.push({ size, png: await page.screenshot({ omitBackground: true }) });
  }
  return pictures;
}
