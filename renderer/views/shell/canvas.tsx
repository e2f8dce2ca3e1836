/** A canvas that fills its box and is painted again when `paint` or the size changes. */
import { useLayoutEffect, useRef } from 'react';
import { type Paint, Surface } from '../../paint/canvas.ts';
import { type Palette, readPalette } from '../../paint/palette.ts';
import { useShownTheme } from './theme.ts';

interface Props {
  readonly width: number;
  readonly height: number;
  /** Keep it the same function while nothing changed. */
  readonly paint: Paint;
}

export function Canvas({ width, height, paint }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface>(undefined);
  // As the page is laid out: what is drawn comes in the same frame as what stands beside it.
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const made = new Surface(canvas.current);
    surface.current = made;
    // Text measured before the fonts came would keep the system's.
    void document.fonts.ready.then(() => made.redraw());
    return () => made.close();
  }, []);
  useLayoutEffect(() => surface.current?.resize(width, height), [width, height]);
  useLayoutEffect(() => surface.current?.show(paint), [paint]);
  return <canvas ref={canvas} style={{ width, height }} />;
}

/** The colours of the theme that is shown. */
export function usePalette(): Palette {
  const theme = useShownTheme();
  const read = useRef<{ readonly theme: string; readonly palette: Palette }>(undefined);
  if (read.current?.theme !== theme) read.current = { theme, palette: readPalette(document.documentElement) };
  return read.current.palette;
}
