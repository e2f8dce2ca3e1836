/** What stands at the end of the list: how many rows are chosen and what to do with them; the way to the newest. */
import { ArrowDownToLine, Columns2, Copy, Pin, X } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { copyCommands, copyTable } from './copy-rows.ts';
import type { RowActs } from './use-row-acts.ts';

interface Props {
  readonly chosen: ReadonlySet<number>;
  /** Rows that came since the newest was last in sight; undefined while it is. */
  readonly unseen: number | undefined;
  readonly acts: RowActs;
  onClear(): void;
  onLatest(): void;
}

export function ListFoot({ chosen, unseen, acts, onClear, onLatest }: Props) {
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
      {unseen !== undefined && (
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
      )}
    </>
  );
}
