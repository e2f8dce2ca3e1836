/** What the rows of the list are grouped by; this window remembers it. */
import { Check, ListTree } from 'lucide-react';
import { useEffect, useState } from 'react';
import { GROUPINGS, type Grouping } from '../../store/queries/list.ts';
import { ICON } from '../shell/icons.tsx';
import { Menu } from '../shell/menu.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';

const WORDS: Readonly<Record<Grouping, string>> = {
  none: 'No groups',
  connection: 'By connection',
  path: 'By folder of the path',
};

export function useGrouping() {
  const store = useStore();
  const { grouping, link } = useStoreState('grouping', 'link');
  const [kept, keep] = useSetting<Grouping>('list.grouping', 'none', oneOf(GROUPINGS));
  const isLive = link.state === 'live';
  useEffect(() => {
    if (isLive) store.setGrouping(kept);
  }, [store, kept, isLive]);
  return [grouping, keep] as const;
}

interface Props {
  readonly grouping: Grouping;
  onGroup(grouping: Grouping): void;
}

export function GroupButton({ grouping, onGroup }: Props) {
  const store = useStore();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  const item = (name: string, pick: () => void) => (
    <button key={name} type="button" role="menuitem" onClick={pick}>
      <span className="tick" />
      {name}
    </button>
  );
  return (
    <>
      <button
        type="button"
        className={grouping === 'none' ? 'btn square' : 'btn square on'}
        aria-haspopup="menu"
        aria-label={`Groups: ${WORDS[grouping]}`}
        title={`Groups: ${WORDS[grouping]}`}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        <ListTree {...ICON} />
      </button>
      {at && (
        <Menu label="Groups" at={at} onClose={() => setAt(undefined)}>
          {GROUPINGS.map((each) => (
            <button
              key={each}
              type="button"
              role="menuitemradio"
              aria-checked={grouping === each}
              onClick={() => onGroup(each)}
            >
              <span className="tick">{grouping === each && <Check {...ICON} size={14} />}</span>
              {WORDS[each]}
            </button>
          ))}
          {grouping !== 'none' && (
            <>
              <hr />
              {item('Fold all', () => store.fold(undefined, true))}
              {item('Open all', () => store.fold(undefined, false))}
            </>
          )}
        </Menu>
      )}
    </>
  );
}
