/**
 * Notes to present by, each pinned to something that was captured, in the order in which they are shown. As a file
 * they lie beside a capture: it is not changed by them, and one capture can have several talks.
 */
import type { Direction } from '../../server-core/capture/events.ts';

/** Moments are wall-clock microseconds since 1970, which are the same whenever and wherever a capture is opened. */
export type SlidePlace =
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  | { readonly kind: 'exchange'; readonly exchange: number; readonly begin: number }
  | {
      readonly kind: 'bytes';
      /** Its number when it was pinned; `begin` finds it where numbers are others. */
      readonly exchange: number;
      readonly begin: number;
      readonly side: Direction;
      /** Offsets in the message, `to` exclusive. */
      readonly from: number;
      readonly to: number;
    };

export interface Slide {
  /** What is said: shown large. */
  readonly text: string;
  readonly place: SlidePlace;
}

/** Two sentences in large type. */
export const LONGEST_TEXT = 240;
/** More than an hour's talk has. */
export const MOST_SLIDES = 200;

interface SlideFile {
  readonly wirescope: 'slides';
  readonly version: 1;
  readonly slides: readonly Slide[];
}

export function writeSlides(slides: readonly Slide[]): string {
  return JSON.stringify({ wirescope: 'slides', version: 1, slides } satisfies SlideFile, undefined, 2);
}

/** A string says in one sentence why the text is no such file. */
export function readSlides(text: string): readonly Slide[] | string {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return 'That file is no JSON';
  }
  const { wirescope, version, slides } = (file ?? {}) as Record<keyof SlideFile, unknown>;
  if (wirescope !== 'slides' || !Array.isArray(slides)) return 'That file holds no notes to present by';
  if (version !== 1) return 'That file is of a later version of Wirescope';
  if (slides.length > MOST_SLIDES) return `A file holds at most ${MOST_SLIDES} notes`;
  const read = slides.map(readSlide);
  const wrong = read.indexOf(undefined);
  return wrong < 0 ? (read as readonly Slide[]) : `Note ${wrong + 1} of that file is pinned to nothing`;
}

function readSlide(value: unknown): Slide | undefined {
  const { text, place } = (value ?? {}) as Record<keyof Slide, unknown>;
  const read = readPlace(place);
  return typeof text === 'string' && read ? { text: text.slice(0, LONGEST_TEXT), place: read } : undefined;
}

function readPlace(value: unknown): SlidePlace | undefined {
  const { kind, from, to, exchange, begin, side } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'time') return isSpan(from, to) ? { kind, from: Number(from), to: Number(to) } : undefined;
  if (!isCount(exchange) || !isCount(begin)) return undefined;
  if (kind === 'exchange') return { kind, exchange, begin };
  if (kind !== 'bytes' || (side !== 'in' && side !== 'out') || !isSpan(from, to)) return undefined;
  return { kind, exchange, begin, side, from: Number(from), to: Number(to) };
}

function isSpan(from: unknown, to: unknown): boolean {
  return isCount(from) && isCount(to) && from < to;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** One slide moved by a place; what would leave the row stays. */
export function movedSlide(slides: readonly Slide[], at: number, by: 1 | -1): readonly Slide[] {
  const to = at + by;
  if (to < 0 || to >= slides.length) return slides;
  return slides.with(at, slides[to]!).with(to, slides[at]!);
}
