/** A search over both messages of an exchange, kept while one steps through what it found. */
import { useEffect, useState } from 'react';
import {
  MOST_MATCHES,
  needleOf,
  type Range,
  type SearchMode,
  searchBytes,
} from '../../explain/byte-search.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { useStore } from '../shell/store-context.tsx';

export interface Hit extends Range {
  readonly side: 'in' | 'out';
}
export interface ByteSearch {
  readonly words: string;
  readonly hits: readonly Hit[];
  /** More were there than are listed. */
  readonly capped: boolean;
  readonly busy: boolean;
  /** One sentence when there is nothing to search for, or bytes could not be had. */
  readonly problem: string | undefined;
}

const NOTHING: ByteSearch = { words: '', hits: [], capped: false, busy: false, problem: undefined };

export function useByteSearch(detail: DetailResult, words: string, mode: SearchMode): ByteSearch {
  const store = useStore();
  const [search, setSearch] = useState(NOTHING);
  const { id } = detail.row;
  const inLength = detail.request.length;
  const outLength = detail.response?.length ?? 0;
  useEffect(() => {
    const needle = needleOf(words, mode);
    if (needle === undefined) return setSearch(NOTHING);
    if (typeof needle === 'string') return setSearch({ ...NOTHING, words, problem: needle });
    const abort = new AbortController();
    const run = async () => {
      setSearch((before) => ({ ...before, words, busy: true, problem: undefined }));
      const hits: Hit[] = [];
      let capped = false;
      let problem: string | undefined;
      for (const [side, length] of [
        ['in', inLength],
        ['out', outLength],
      ] as const) {
        try {
          const read = (from: number, to: number) => store.readBytes(id, side, from, to);
          const ranges = await searchBytes(read, length, needle, abort.signal);
          hits.push(...ranges.map((range) => ({ ...range, side })));
          capped ||= ranges.length === MOST_MATCHES;
        } catch (error) {
          problem = error instanceof Error ? error.message : String(error);
        }
      }
      if (abort.signal.aborted) return;
      setSearch({ words, hits, capped, busy: false, problem });
    };
    void run();
    return () => abort.abort();
  }, [store, id, inLength, outLength, words, mode]);
  return search;
}
