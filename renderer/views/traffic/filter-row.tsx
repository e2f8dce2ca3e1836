/** What is shown of what was captured: the filter, kinds, and whether the end is followed. */
import { ArrowDownToLine, PanelBottom } from 'lucide-react';
import type { Grouping } from '../../store/queries/list.ts';
import { ICON } from '../shell/icons.tsx';
import { TimeChip } from '../timeline/time-chip.tsx';
import { FilterBox } from './filter-box.tsx';
import { GroupButton } from './group-button.tsx';
import './filter-row.css';
import { TypeChips } from './type-chips.tsx';

interface Props {
  readonly grouping: Grouping;
  /** The detail is wanted below the list. */
  readonly below: boolean;
  onBelow(below: boolean): void;
  onGroup(grouping: Grouping): void;
  readonly follow: boolean;
  onFollow(follow: boolean): void;
}

export function FilterRow({ grouping, below, follow, onBelow, onGroup, onFollow }: Props) {
  return (
    <div className="tools filter-row" data-pane>
      <FilterBox />
      <TypeChips />
      <TimeChip />
      <i className="rule" />
      <GroupButton grouping={grouping} onGroup={onGroup} />
      <button
        type="button"
        className={below ? 'btn square on' : 'btn square'}
        aria-pressed={below}
        aria-label="Detail below the list"
        title="Detail below the list"
        onClick={() => onBelow(!below)}
      >
        <PanelBottom {...ICON} />
      </button>
      <button
        type="button"
        className={follow ? 'btn on' : 'btn'}
        aria-pressed={follow}
        aria-label="Follow"
        title="Keep the newest in sight (End)"
        onClick={() => onFollow(!follow)}
      >
        <ArrowDownToLine {...ICON} />
        <span className="follow-word">Follow</span>
      </button>
    </div>
  );
}
