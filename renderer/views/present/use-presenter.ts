/** Presenting: whether it is on, how large, and which slide is shown. Slides are stops in the live window. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Slide, SlidePlace } from '../../learn/slides.ts';
import { numberWithin, oneOf, useSetting } from '../shell/setting.ts';
import { useStore, useStoreValue } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useAnnotations } from '../traffic/annotations.ts';
import { openDetailTab } from '../traffic/open-detail-tab.ts';
import { findExchange } from './find-exchange.ts';
import { useKeptSlides } from './kept-slides.ts';
import { placeOf, withListNotes } from './note-slides.ts';
import { chosenBytes, showBytes } from './pinned-bytes.ts';

/** The whole window is drawn so many times as large. */
export const SIZES = [1, 1.25, 1.5, 1.75, 2] as const;

/** In a window that would be narrower than this in its own pixels less is drawn large. */
const LEAST_WIDTH = 1000;

export interface PresenterMoves {
  /** Chooses an exchange in Traffic. */
  select(exchange: number): void;
  /** Shows a span of the store's time on the timeline. */
  span(from: number, to: number): void;
}

export type Presenter = ReturnType<typeof usePresenter>;

export function usePresenter(selected: number | undefined, moves: PresenterMoves) {
  const store = useStore();
  const toast = useToast();
  const annotations = useAnnotations();
  const [slides, keep] = useKeptSlides();
  const [on, setOn] = useState(false);
  const [size, setSize] = useSetting<number>('present.size', 1.5, numberWithin(SIZES[0], SIZES.at(-1)!));
  const [spot, setSpot] = useSetting<'on' | 'off'>('present.spot', 'on', oneOf(['on', 'off'] as const));
  const [at, setAt] = useState(-1);
  const [turns, setTurns] = useState(0);
  const latest = useRef<Slide>(undefined);
  const epoch = useStoreValue(({ hello }) => hello?.epochMs ?? 0) * 1000;
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-presenting', on);
  }, [on]);
  useEffect(() => {
    if (!on) return;
    const { style } = document.documentElement;
    const enlarge = () => {
      style.zoom = String(Math.min(size, Math.max(1, innerWidth / LEAST_WIDTH)));
    };
    enlarge();
    window.addEventListener('resize', enlarge);
    return () => {
      style.zoom = '';
      window.removeEventListener('resize', enlarge);
    };
  }, [on, size]);

  const show = async (next: number, among = slides) => {
    const slide = among[next];
    if (!slide) return;
    latest.current = slide;
    setAt(next);
    setTurns((before) => before + 1);
    const { place } = slide;
    if (place.kind === 'time') {
      store.setFilter({
        ...store.state().filter,
        from: place.from - epoch,
        to: place.to - epoch,
      });
      moves.span(place.from - epoch, place.to - epoch);
      return;
    }
    const exchange = await findExchange(store, place.exchange, place.begin - epoch);
    // Who steps on does not wait for it to be found.
    if (latest.current !== slide) return;
    if (exchange === undefined) return toast({ text: 'What this note is pinned to is not held any more' });
    if (place.kind === 'exchange') return moves.select(exchange);
    openDetailTab('Bytes', () => moves.select(exchange));
    showBytes({ exchange, side: place.side, start: place.from, end: place.to });
  };
  /** What a note would be pinned to now: the chosen bytes, the chosen request, or the chosen span of time. */
  const here = async (): Promise<SlidePlace | undefined> => {
    const bytes = chosenBytes();
    if (selected !== undefined) {
      const exchange = await placeOf(store, selected, epoch);
      if (!exchange || bytes?.exchange !== selected) return exchange;
      return { ...exchange, kind: 'bytes', side: bytes.side, from: bytes.start, to: bytes.end };
    }
    const { from, to } = store.state().filter;
    if (from === undefined || to === undefined) return undefined;
    return { kind: 'time', from: Math.floor(epoch + from), to: Math.ceil(epoch + to) };
  };
  return {
    ...{ on, slides, at: Math.min(at, slides.length - 1), turns, size, spot: spot === 'on', show, here },
    turn: (next: boolean) => {
      setOn(next);
      showBytes(undefined);
      setAt(-1);
    },
    resize: setSize,
    setSpot: (next: boolean) => setSpot(next ? 'on' : 'off'),
    /** Puts one behind the one that is shown, and shows it. */
    add: (slide: Slide) => {
      const place = at < 0 ? slides.length : Math.min(at, slides.length - 1) + 1;
      keep(slides.toSpliced(place, 0, slide));
      setAt(place);
    },
    /** Puts one for each note of the list behind the others, and shows the first; false where there is none. */
    takeNotes: async () => {
      const all = await withListNotes(store, annotations.all(), slides, epoch);
      if (all.length === slides.length) return false;
      keep(all);
      await show(slides.length, all);
      return true;
    },
    replace: (next: readonly Slide[], shown: number) => {
      keep(next);
      setAt(shown);
    },
  };
}
