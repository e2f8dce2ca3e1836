import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEET = readFileSync(new URL('../../../renderer/tokens.css', import.meta.url), 'utf8');

/** The tokens of a theme: its own over those of the dark one. */
function tokens(selector: string): Map<string, string> {
  const start = SHEET.indexOf(`${selector} {`);
  expect(start).toBeGreaterThanOrEqual(0);
  const block = SHEET.slice(start, SHEET.indexOf('\n}', start));
  return new Map(
    Array.from(block.matchAll(/(--[\w-]+):\s*([^;]+);/g), ([, name, value]) => [name!, value!.trim()]),
  );
}
const dark = tokens(':root');
const THEMES = {
  dark,
  light: new Map([...dark, ...tokens('[data-theme="light"]')]),
  contrast: new Map([...dark, ...tokens('[data-theme="contrast"]')]),
};

function resolve(theme: Map<string, string>, name: string): string {
  const value = theme.get(name);
  if (value === undefined) throw new Error(`There is no token ${name}`);
  const [, other] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  return other === undefined ? value : resolve(theme, other);
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [, rgb] = /^#([0-9a-f]{6})$/i.exec(hex) ?? [];
  if (rgb === undefined) throw new Error(`${hex} is no plain colour`);
  const linear = [0, 2, 4].map((at) => {
    const share = Number.parseInt(rgb.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
}

function ratio(a: string, b: string): number {
  const [light, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dim! + 0.05);
}

const TEXT_ON_PANEL = [
  '--ink',
  '--ink-2',
  '--ink-3',
  '--meta',
  '--client',
  '--server',
  '--s2',
  '--s4',
  '--s5',
];
const TEXT_ON_WELL = [
  ...TEXT_ON_PANEL,
  ...['--s0', '--s1', '--s101', '--s3'],
  ...['--t-method', '--t-target', '--t-version', '--t-status', '--t-reason', '--t-name', '--t-value'],
  ...['--t-sep', '--t-crlf', '--t-chunk', '--t-body', '--t-fault'],
];
const SHAPES_ON_WELL = [
  ...['--client-fill', '--server-fill', '--ph-work', '--ph-drain', '--meta', '--line-ctl'],
  ...['--mark-star', '--mark-flag', '--mark-drop', '--mark-leaf', '--mark-moon'],
];

describe.each(Object.entries(THEMES))('the %s theme', (_, theme) => {
  const on = (ground: string, ink: string) => ratio(resolve(theme, ink), resolve(theme, ground));

  it.each(TEXT_ON_PANEL)('%s can be read on a panel', (ink) => {
    expect(on('--panel', ink)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(TEXT_ON_WELL)('%s can be read in a well', (ink) => {
    expect(on('--well', ink)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(SHAPES_ON_WELL)('%s can be told from the well', (ink) => {
    expect(on('--well', ink)).toBeGreaterThanOrEqual(3);
  });
  it('has a button whose text can be read', () => {
    expect(on('--ink', '--paper')).toBeGreaterThanOrEqual(4.5);
  });
});
