/** What is shown of what was captured: the filter, kinds, and whether the end is followed. */
import { ArrowDownToLine } from 'lucide-react';
import { ICON } from '../shell/icons.tsx';
import { FilterBox } from './filter-box.tsx';
import './filter-row.css';
import { TypeChips } from './type-chips.tsx';

interface Props {
  readonly follow: boolean;
  onFollow(follow: boolean): void;
}

export function FilterRow({ follow, onFollow }: Props) {
  return (
    <div className="tools filter-row">
      <FilterBox />
      <TypeChips />
      <i className="rule" />
      <button
        type="button"
        className={follow ? 'btn on' : 'btn'}
        aria-pressed={follow}
        title="Keep the newest in sight (End)"
        onClick={() => onFollow(!follow)}
      >
        <ArrowDownToLine {...ICON} />
        <span className="follow-word">Follow</span>
      </button>
    </div>
  );
}
