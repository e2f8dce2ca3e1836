import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from './project.ts';

const FONTS = join(ROOT, 'node_modules', '@fontsource-variable');

/** Lays the licences of the fonts beside the bundle, as the SIL Open Font License asks: Vite counts scripts only. */
export function fontLicenses(): Plugin {
  return {
    name: 'wirescope:font-licenses',
    generateBundle() {
      const texts = readdirSync(FONTS).map(
        (font) => `## ${font}\n\n${readFileSync(join(FONTS, font, 'LICENSE'), 'utf8').trim()}\n`,
      );
      this.emitFile({ type: 'asset', fileName: 'licenses-fonts.md', source: texts.join('\n') });
    },
  };
}
