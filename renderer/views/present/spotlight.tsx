/** Dims all but one thing: what a slide is pinned to, until the pointer or the focus goes to something else. */
import { useEffect, useRef } from 'react';
import type { Slide } from '../../learn/slides.ts';
import { zoomOf } from '../shell/zoom.ts';

interface Props {
  readonly on: boolean;
  readonly slide: Slide | undefined;
  /** Another one when the same slide is shown anew. */
  readonly turn: number;
}

/** What is looked at as one thing, from small to large. */
const UNITS =
  '.header-field, .byte-row, [role="row"], [role="option"], [role="treeitem"], tr, .state-card, .ladder-box, ' +
  '.lanes-plot, .glossary-entry, section, [data-pane]';
/** Where the bytes and the moments of slides are drawn. */
const SLIDE_PARTS: Readonly<Record<Slide['place']['kind'], string>> = {
  bytes: '.hex .selected',
  exchange: '[data-testid="detail"]',
  time: '.timeline',
};
const AIR = 4;

export function Spotlight({ on, slide, turn }: Props) {
  const hole = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn leads back to the slide.
  useEffect(() => {
    if (!on) return;
    const element = hole.current;
    let frame = 0;
    /** What a slide does to show its place moves the focus, too. */
    let held = slide !== undefined;
    /** Asked anew in each frame: what is lit may scroll, or be drawn only later. */
    let lit: () => readonly Element[] = slide ? () => partsOf(slide) : () => [];
    const draw = () => {
      frame = requestAnimationFrame(draw);
      place(element, lit());
    };
    const look = (event: Event) => {
      if (held) return;
      const unit = event.target instanceof Element ? event.target.closest(UNITS) : null;
      // The tools are no part of the show.
      if (!unit || unit.closest('.present, .bar, .status, dialog')) return;
      lit = () => [unit];
    };
    const point = (event: PointerEvent) => {
      // What moves under a pointer at rest is no wish of anybody.
      if (event.movementX === 0 && event.movementY === 0) return;
      held = false;
      look(event);
    };
    const press = ({ key }: KeyboardEvent) => {
      if (!key.startsWith('Page')) held = false;
    };
    draw();
    window.addEventListener('pointermove', point);
    window.addEventListener('keydown', press, { capture: true });
    window.addEventListener('focusin', look);
    return () => {
      cancelAnimationFrame(frame);
      place(element, []);
      window.removeEventListener('pointermove', point);
      window.removeEventListener('keydown', press, { capture: true });
      window.removeEventListener('focusin', look);
    };
  }, [on, slide, turn]);
  return <div ref={hole} className="spotlight" hidden aria-hidden="true" data-testid="spotlight" />;
}

function partsOf({ place: { kind } }: Slide): readonly Element[] {
  return [...document.querySelectorAll(SLIDE_PARTS[kind])];
}

/** Around all of them together; nowhere while there is none. */
function place(hole: HTMLElement | null, parts: readonly Element[]): void {
  if (!hole) return;
  const boxes = parts.map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0);
  hole.hidden = boxes.length === 0;
  if (boxes.length === 0) return;
  const zoom = zoomOf(document.documentElement);
  const left = Math.min(...boxes.map((box) => box.left)) / zoom - AIR;
  const top = Math.min(...boxes.map((box) => box.top)) / zoom - AIR;
  const right = Math.max(...boxes.map((box) => box.right)) / zoom + AIR;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) / zoom + AIR;
  const { style } = hole;
  style.translate = `${left}px ${top}px`;
  style.width = `${right - left}px`;
  style.height = `${bottom - top}px`;
}
