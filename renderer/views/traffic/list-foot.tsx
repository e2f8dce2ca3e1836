/** What stands at the end of the list: how many rows are chosen and what to do with them; the way to the newest. */
import { ArrowDownToLine, Columns2, Copy, Pin, X } from 'lucide-react';
import { useRef } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import type { Ledger } from '../../store/queries/state.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { copyCommands, copyTable } from './copy-rows.ts';
import type { RowActs } from './use-row-acts.ts';

interface Props {
  readonly chosen: ReadonlySet<number>;
  /** Rows of the list. */
  readonly total: number;
  readonly follow: boolean;
  /** The list is in the order of time and stands before its end. */
  readonly isBack: boolean;
  readonly acts: RowActs;
  onClear(): void;
  onLatest(): void;
}

export function ListFoot({ chosen, total, follow, isBack, acts, onClear, onLatest }: Props) {
  const store = useStore();
  const toast = useToast();
  const copy = (how: typeof copyTable) => async () => toast({ text: await how(store, chosen) });
  const [first, second] = [...chosen].sort((a, b) => a - b);
  return (
    <>
      {chosen.size > 1 && (
        <div className="list-chosen">
          <output data-testid="chosen-count">
            <b>{formatCount(chosen.size)}</b> chosen
          </output>
          {chosen.size === 2 && first !== undefined && second !== undefined && (
            <button
              type="button"
              className="btn"
              title="Show the two side by side"
              onClick={() => acts.compare(first, second)}
            >
              <Columns2 {...ICON} />
              Compare
            </button>
          )}
          <button
            type="button"
            className="btn square"
            aria-label="Pin"
            title="Pin, or let go (S)"
            onClick={() => acts.pin([...chosen])}
          >
            <Pin {...ICON} />
          </button>
          <button type="button" className="btn" title="As lines with tabs (Ctrl C)" onClick={copy(copyTable)}>
            <Copy {...ICON} className="copy-sign" />
            <span>
              <span className="copy-word">Copy as </span>table
            </span>
          </button>
          <button type="button" className="btn" title="A curl command for each" onClick={copy(copyCommands)}>
            <Copy {...ICON} className="copy-sign" />
            <span>
              <span className="copy-word">Copy as </span>cURL
            </span>
          </button>
          <button
            type="button"
            className="btn square"
            aria-label="Choose none"
            title="Choose none (Esc)"
            onClick={onClear}
          >
            <X {...ICON} />
          </button>
        </div>
      )}
      <Latest total={total} follow={follow} isBack={isBack} onLatest={onLatest} />
    </>
  );
}

/** Counts also while it is not shown. */
function Latest({
  total,
  follow,
  isBack,
  onLatest,
}: Pick<Props, 'total' | 'follow' | 'isBack' | 'onLatest'>) {
  const { ledger } = useStoreState('ledger');
  const unseen = useUnseen(follow, total, ledger);
  if (follow || !isBack) return null;
  return (
    <button
      type="button"
      className="btn list-latest"
      data-testid="latest"
      title="To the newest, and follow (End)"
      onClick={onLatest}
    >
      <ArrowDownToLine {...ICON} />
      {unseen > 0 ? `${formatCount(unseen)} newer` : 'Newest'}
    </button>
  );
}

/** Rows that came since the newest was last in sight; 0 where a filter and what was trimmed meanwhile hide how many. */
function useUnseen(follow: boolean, total: number, { captured, filtered, trimmed }: Ledger): number {
  const seen = useRef({ total, captured, trimmed });
  seen.current = follow
    ? { total, captured, trimmed }
    : {
        total: Math.min(seen.current.total, total),
        captured: Math.min(seen.current.captured, captured),
        trimmed: Math.min(seen.current.trimmed, trimmed),
      };
  const came = captured - seen.current.captured;
  if (filtered === 0) return Math.min(total, came);
  return trimmed > seen.current.trimmed ? 0 : Math.min(total - seen.current.total, came);
}
