/** The parts of a message as a tree beside its bytes. Pointing at one lights its bytes, and the other way round. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { messageTree, type TreeNode } from '../../explain/message-tree.ts';
import { rowOfByte, type TreeRow, treeRows } from '../../explain/tree-rows.ts';
import { wireText } from '../../explain/wire-text.ts';
import type { MessageView } from '../../store/queries/detail.ts';
import { ICON } from '../shell/icons.tsx';
import { fieldMeaning } from './field-meanings.ts';

interface Props {
  readonly message: MessageView;
  readonly label: string;
  /** The box that scrolls, and how far below its top this tree begins. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The byte that is pointed at. */
  readonly lit: number | undefined;
  onHover(node: TreeNode | undefined): void;
  onPick(node: TreeNode): void;
}

/** One line, and two where the field has a meaning to show. */
const LINE = 20;
const TWO_LINES = 34;
const NO_IDS: ReadonlySet<string> = new Set();

export function MessageTree({ message, label, scroller, lit, onHover, onPick }: Props) {
  const [toggled, setToggled] = useState(NO_IDS);
  const [focused, setFocused] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  // Another tree may stand above this one, and fold.
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0));
  const tree = useMemo(() => messageTree(message), [message]);
  const rows = useMemo(() => treeRows(tree, toggled), [tree, toggled]);
  const litRow = lit === undefined ? -1 : rowOfByte(rows, lit);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => heightOf(rows[i]!),
    getItemKey: (i) => rows[i]!.node.id + rows[i]!.level,
    scrollMargin: margin,
    overscan: 20,
  });
  const latest = useRef({ virtual, box });
  latest.current = { virtual, box };
  useEffect(() => {
    if (litRow < 0 || latest.current.box.current?.matches(':hover')) return;
    latest.current.virtual.scrollToIndex(litRow, { align: 'auto' });
  }, [litRow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the rows.
  useEffect(() => latest.current.virtual.measure(), [rows]);

  const toggle = ({ node }: TreeRow) =>
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(node.id)) next.add(node.id);
      return next;
    });
  const go = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setFocused(to);
    virtual.scrollToIndex(to, { align: 'auto' });
    onPick(rows[to]!.node);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const move = moveOf(event.key, rows, index);
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (move === 'toggle') toggle(rows[index]!);
    else go(move);
  };
  const tabStop = Math.min(litRow >= 0 ? litRow : focused, rows.length - 1);
  return (
    <div
      className="tree"
      role="tree"
      aria-label={label}
      ref={box}
      style={{ height: virtual.getTotalSize() }}
      onPointerLeave={() => onHover(undefined)}
    >
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index]!;
        const { node, level, expanded } = row;
        const isField = node.field !== undefined;
        return (
          <div
            key={node.id + level}
            role="treeitem"
            className={`tree-row${index === litRow ? ' on' : ''}`}
            style={{
              top: start - virtual.options.scrollMargin,
              height: heightOf(row),
              paddingLeft: 6 + (level - 1) * 10,
            }}
            aria-level={level}
            aria-posinset={row.place}
            aria-setsize={row.size}
            aria-expanded={expanded}
            aria-selected={index === litRow}
            data-index={index}
            data-testid={isField ? 'field-row' : 'tree-row'}
            data-start={node.start}
            tabIndex={index === tabStop ? 0 : -1}
            onPointerEnter={() => onHover(node)}
            onClick={(event) => {
              setFocused(index);
              if ((event.target as Element).closest('.fold')) toggle(row);
              else onPick(node);
            }}
            onDoubleClick={() => expanded !== undefined && toggle(row)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            <span className="fold" aria-hidden="true">
              {expanded !== undefined &&
                (expanded ? <ChevronDown {...ICON} size={12} /> : <ChevronRight {...ICON} size={12} />)}
            </span>
            <span className="tree-words">
              <span className="pair mono">
                {node.bits !== undefined && <span className="bits">{node.bits}</span>}
                <b className={isField ? 'k-field-name' : node.kind ? `k-${node.kind}` : undefined}>
                  {wireText(node.label)}
                </b>
                {node.value !== '' && <span className="clip">{wireText(node.value)}</span>}
              </span>
              {meaningOf(node) !== '' && <span className="meaning clip">{meaningOf(node)}</span>}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function meaningOf({ field }: TreeNode): string {
  return field === undefined ? '' : (fieldMeaning(field)?.sentence ?? '');
}

function heightOf({ node }: TreeRow): number {
  return meaningOf(node) === '' ? LINE : TWO_LINES;
}

/** The keys of a tree: a row to go to, or that this one folds. */
function moveOf(key: string, rows: readonly TreeRow[], index: number): number | 'toggle' | undefined {
  const { expanded, level } = rows[index]!;
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      return expanded === false ? 'toggle' : expanded ? index + 1 : undefined;
    case 'ArrowLeft': {
      if (expanded) return 'toggle';
      const parent = rows.findLastIndex((row, i) => i < index && row.level < level);
      return parent < 0 ? undefined : parent;
    }
    case ' ':
    case 'Enter':
      return expanded === undefined ? index : 'toggle';
    default:
      return undefined;
  }
}
