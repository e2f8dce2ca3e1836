/** Bytes of a message as a hex view needs them: what came with the detail, and pages of the rest when scrolled to. */
import { useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../store/queries/detail.ts';
import { useStore } from '../shell/store-context.tsx';

const PAGE = 16_384;
/** Pages kept: 4 MB, some thousand screens. */
const MOST_PAGES = 256;

export interface MessageBytes {
  /** Undefined while on its way. */
  at(offset: number): number | undefined;
  /** Changes whenever `at` may answer differently. */
  readonly version: number;
  /** One sentence when bytes could not be had. */
  readonly problem: string | undefined;
}

/** `from`…`to` is what is on screen. */
export function useMessageBytes(
  exchange: number,
  message: MessageView,
  from: number,
  to: number,
): MessageBytes {
  const store = useStore();
  // A page at the live end of a message is short: its key holds its end, so that it is asked for again as it grows.
  const pages = useRef(new Map<string, Uint8Array | 'asked'>());
  const [version, setVersion] = useState(0);
  const [problem, setProblem] = useState<string>();
  const held = message.bytes;
  const heldLength = held?.length ?? 0;
  const { direction, length } = message;
  useEffect(() => {
    for (let page = Math.floor(Math.max(from, heldLength) / PAGE); page * PAGE < to; page++) {
      const key = pageKey(page, length);
      if (pages.current.has(key)) continue;
      if (pages.current.size >= MOST_PAGES) pages.current.clear();
      pages.current.set(key, 'asked');
      const end = Math.min(length, (page + 1) * PAGE);
      store.readBytes(exchange, direction, page * PAGE, end).then(
        (bytes) => {
          pages.current.set(key, bytes);
          setVersion((count) => count + 1);
        },
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
      );
    }
  }, [store, exchange, direction, length, heldLength, from, to]);
  return {
    at: (offset) => {
      if (offset < heldLength) return held?.[offset];
      const page = pages.current.get(pageKey(Math.floor(offset / PAGE), length));
      return page === undefined || page === 'asked' ? undefined : page[offset % PAGE];
    },
    version: version * 2 ** 24 + heldLength,
    problem,
  };
}

function pageKey(page: number, length: number): string {
  return `${page} ${Math.min(length, (page + 1) * PAGE)}`;
}
