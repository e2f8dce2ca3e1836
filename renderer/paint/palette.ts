/** The token sheet as a canvas needs it. Read once a theme: asking the style of an element costs a layout. */
const TOKENS = {
  well: '--well',
  well2: '--well-2',
  panel: '--panel',
  line: '--line',
  grat: '--grat',
  grat2: '--grat-2',
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  paper: '--paper',
  meta: '--meta',
  hover: '--hover',
  selectIdle: '--select-idle',
  accentSoft: '--accent-soft',
  read: '--client-fill',
  write: '--server-fill',
  readGround: '--client-bg',
  writeGround: '--server-bg',
  work: '--ph-work',
  drain: '--ph-drain',
  idle: '--ph-idle',
  s0: '--s0',
  s1: '--s1',
  s101: '--s101',
  s2: '--s2',
  s3: '--s3',
  s4: '--s4',
  s5: '--s5',
  g1: '--g1',
  g2: '--g2',
  g4: '--g4',
  warn: '--s4',
  mono10: '--m-10',
  sans10: '--f-10',
} as const;

export type Palette = { readonly [name in keyof typeof TOKENS]: string };

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const font = { '--mono': style.getPropertyValue('--mono'), '--sans': style.getPropertyValue('--sans') };
  const entries = Object.entries(TOKENS).map(([name, token]) => {
    const value = style.getPropertyValue(token).trim();
    return [name, value.replace(/var\((--mono|--sans)\)/, (_, of: keyof typeof font) => font[of])];
  });
  return Object.fromEntries(entries) as Palette;
}

/** The hue of a status; the same classes as in the list. */
export function statusHue(palette: Palette, status: number, aborted: boolean): string {
  if (aborted || status === 0) return palette.s0;
  if (status === 101) return palette.s101;
  switch (Math.floor(status / 100)) {
    case 1:
      return palette.s1;
    case 2:
      return palette.s2;
    case 3:
      return palette.s3;
    case 4:
      return palette.s4;
    case 5:
      return palette.s5;
    default:
      return palette.s0;
  }
}
