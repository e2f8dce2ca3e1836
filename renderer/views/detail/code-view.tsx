/** Text by lines, of which only those on screen are drawn, in the colours of its language where it has one. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Language } from '../../code/languages.ts';
import { textLines } from '../../code/text-lines.ts';
import { type CodeToken, tokensIn } from '../../code/tokens.ts';
import { formatCount } from '../../geometry/quantities.ts';
import { FindBar } from './find-bar.tsx';
import { findAll, type TextHit } from './find-text.ts';
import { useCodeTree } from './use-code-tree.ts';

interface Props {
  readonly text: string;
  readonly language: Language | undefined;
  readonly label: string;
  /** What stands at the end when there is more. */
  readonly more: React.ReactNode;
}

const LINE_PX = 16;

export function CodeView({ text, language, label, more }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState('');
  const [at, setAt] = useState<number>();
  const lines = useMemo(() => textLines(text), [text]);
  const hits = useMemo(() => findAll(text, words), [text, words]);
  const tree = useCodeTree(text, language);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const from = lines.from(items[0]?.index ?? 0);
  const to = lines.to(items.at(-1)?.index ?? 0);
  const tokens = tree && text.length >= to ? tokensIn(tree, from, to) : [];
  const step = (by: 1 | -1) => {
    if (hits.length === 0) return;
    const next = at === undefined ? (by > 0 ? 0 : hits.length - 1) : (at + by + hits.length) % hits.length;
    setAt(next);
    virtual.scrollToIndex(lines.at(hits[next]!.from), { align: 'center' });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has other places.
  useEffect(() => setAt(undefined), [words, text]);
  const width = `${formatCount(lines.count).length + 1}ch`;
  return (
    <div className="code-view">
      <FindBar
        words={words}
        count={hits.length}
        at={at}
        facts={`${formatCount(lines.count)} ${lines.count === 1 ? 'line' : 'lines'}`}
        onWords={setWords}
        onStep={step}
      />
      <div className="code mono selectable" ref={scroller} role="region" aria-label={label} tabIndex={0}>
        <div style={{ height: virtual.getTotalSize() + 8, position: 'relative' }}>
          {items.map(({ index, start }) => (
            <div className="code-line" key={index} style={{ top: start + 4 }}>
              <span className="code-number" style={{ width }} aria-hidden="true">
                {lines.number(index) ?? ''}
              </span>
              <CodeLine
                text={text}
                from={lines.from(index)}
                to={lines.to(index)}
                tokens={tokens}
                hits={hits}
                current={at === undefined ? undefined : hits[at]}
              />
            </div>
          ))}
        </div>
        {more}
      </div>
    </div>
  );
}

interface LineProps {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly CodeToken[];
  readonly hits: readonly TextHit[];
  readonly current: TextHit | undefined;
}

/** Cut where a token or a found place begins or ends. */
function CodeLine({ text, from, to, tokens, hits, current }: LineProps) {
  const own = tokens.filter((token) => token.to > from && token.from < to);
  const found = hits.filter((hit) => hit.to > from && hit.from < to);
  const edges = new Set([from, to]);
  for (const each of [...own, ...found]) {
    edges.add(Math.max(from, each.from));
    edges.add(Math.min(to, each.to));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return (
    <span className="code-text">
      {cuts.slice(0, -1).map((start, i) => {
        const end = cuts[i + 1]!;
        const token = own.find((each) => each.from <= start && each.to >= end);
        const hit = found.find((each) => each.from <= start && each.to >= end);
        const mark = hit === undefined ? '' : hit === current ? ' hit current' : ' hit';
        return (
          <span key={start} className={`${token?.className ?? ''}${mark}`.trim() || undefined}>
            {text.slice(start, end)}
          </span>
        );
      })}
    </span>
  );
}
