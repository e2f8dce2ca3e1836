/** The tree as a grid that the keyboard goes through: arrows as in every tree, Enter to the requests of a row. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import type { ServerView } from '../../store/queries/state.ts';
import { HeatHead } from './heat-head.tsx';
import { HeatLine } from './heat-line.tsx';
import { HeatMenu, type HeatMenuPlace } from './heat-menu.tsx';
import { type HeatOrder, heatRows, mostOf, SHOWN, type Shown } from './heat-rows.ts';
import { heatTerm } from './heat-term.ts';
import type { HeatNode } from './heat-tree.ts';

interface Props {
  readonly filesKnown: boolean;
  readonly server: ServerView;
  readonly root: HeatNode;
  readonly order: HeatOrder;
  readonly shown: Shown;
  onOrder(order: HeatOrder): void;
  onFilter(term: string): void;
}

const ROW_PX = 24;
/** Folders are open down to here, until a person says otherwise. */
const FIRST_LEVELS = 3;

export function HeatGrid({ server, filesKnown, root, order, shown, onOrder, onFilter }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [at, setAt] = useState('/');
  const [menu, setMenu] = useState<HeatMenuPlace>();
  const rows = useMemo(
    () => heatRows(root, order, shown, ({ path }, level) => turned.get(path) ?? level < FIRST_LEVELS),
    [root, order, shown, turned],
  );
  const most = useMemo(() => ({ hits: mostOf(root, 'hits'), bytes: mostOf(root, 'bytes') }), [root]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  const place = Math.max(
    0,
    rows.findIndex(({ node }) => node.path === at),
  );
  const go = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[next];
    if (!row) return;
    setAt(row.node.path);
    virtual.scrollToIndex(next);
  };
  const turn = (path: string, open: boolean) => setTurned((before) => new Map(before).set(path, open));
  const filter = (node: HeatNode) => {
    const term = heatTerm(node);
    if (term !== undefined) onFilter(term);
  };
  const rowOf = (event: MouseEvent) => {
    const path = (event.target as Element).closest<HTMLElement>('[data-path]')?.dataset['path'];
    return rows.find(({ node }) => node.path === path);
  };
  const onClick = (event: MouseEvent) => {
    const row = rowOf(event);
    if (!row) return;
    setAt(row.node.path);
    filter(row.node);
  };
  /** By the pointer on the row under it, by its key on the row where the keys are. */
  const onContextMenu = (event: MouseEvent) => {
    const row = rowOf(event) ?? (event.button === 2 ? undefined : rows[place]);
    if (!row) return;
    event.preventDefault();
    setAt(row.node.path);
    const line = document.getElementById(lineId(place))?.getBoundingClientRect();
    const isByKey = event.button !== 2 && line !== undefined;
    setMenu({
      node: row.node,
      at: isByKey ? { x: line.left + ROW_PX, y: line.bottom } : { x: event.clientX, y: event.clientY },
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[place];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actionOf(event.key, row.isOpen);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const actionOf = (key: string, isOpen: boolean | undefined): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return () => go(place + 1);
      case 'ArrowUp':
        return () => go(place - 1);
      case 'Home':
        return () => go(0);
      case 'End':
        return () => go(rows.length - 1);
      case 'PageDown':
      case 'PageUp': {
        const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
        return () => go(place + (key === 'PageDown' ? page : -page));
      }
      case 'ArrowRight':
        return () => (isOpen === false ? turn(at, true) : go(isOpen ? place + 1 : place));
      case 'ArrowLeft':
        return () => (isOpen ? turn(at, false) : go(parentOf(place)));
      case 'Enter':
        return () => filter(rows[place]!.node);
      default:
        return undefined;
    }
  };
  const parentOf = (child: number) => {
    const level = rows[child]?.level ?? 1;
    return level === 1 ? child : rows.findLastIndex((row, i) => i < child && row.level === level - 1);
  };
  return (
    <div
      className="heat-grid well"
      ref={scroller}
      role="treegrid"
      aria-label="Files by requests"
      aria-rowcount={rows.length + 1}
      aria-colcount={6}
      aria-activedescendant={rows.length > 0 ? lineId(place) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenu={onContextMenu}
    >
      <HeatHead order={order} onOrder={onOrder} />
      <div className="heat-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <HeatLine
              key={row.node.path}
              id={lineId(index)}
              index={index}
              row={row}
              top={start}
              most={most}
              filesKnown={filesKnown}
              current={index === place}
              onTurn={(open) => {
                setAt(row.node.path);
                turn(row.node.path, open);
              }}
            />
          );
        })}
      </div>
      {rows.length === 0 && (filesKnown || shown !== 'never') && (
        <p className="heat-none">{SHOWN.find(({ id }) => id === shown)?.none}</p>
      )}
      {menu && (
        <HeatMenu place={menu} server={server} onRequests={filter} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}

function lineId(index: number): string {
  return `heat-${index}`;
}
