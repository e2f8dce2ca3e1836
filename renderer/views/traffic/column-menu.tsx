/** Which columns are shown. The platform's popover closes it on Escape and on a click elsewhere. */
import { Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { ICON } from '../shell/icons.tsx';
import { type ColumnSettings, FIRST_COLUMNS, toggledColumn } from './column-settings.ts';
import { COLUMNS, isFixed, type PlacedColumn } from './columns.ts';

interface Props {
  /** CSS pixels in the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly placed: readonly PlacedColumn[];
  readonly settings: ColumnSettings;
  onSettings(settings: ColumnSettings): void;
  onClose(): void;
}

const WIDTH = 208;

export function ColumnMenu({ at, placed, settings, onSettings, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    element.querySelector('button')?.focus();
    const onToggle = (event: ToggleEvent) => event.newState === 'closed' && close.current();
    element.addEventListener('toggle', onToggle);
    return () => element.removeEventListener('toggle', onToggle);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      menu.current?.hidePopover();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const from = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(from + step + items.length) % items.length]?.focus();
  };
  const choices = settings.order.filter((id) => !isFixed(id));
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      aria-label="Columns"
      className="column-menu"
      style={{ left: Math.max(4, Math.min(at.x, window.innerWidth - WIDTH - 4)), top: at.y, width: WIDTH }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {choices.map((id) => {
        const shown = placed.some((column) => column.id === id);
        return (
          <button
            key={id}
            type="button"
            role="menuitemcheckbox"
            aria-checked={shown}
            onClick={() => onSettings(toggledColumn(settings, id, !shown))}
          >
            <span className="tick">{shown && <Check {...ICON} size={14} />}</span>
            {id === 'id' ? 'Number' : COLUMNS[id].label}
            {settings.shown[id] === true && !shown && <span className="dim">no room</span>}
          </button>
        );
      })}
      <hr />
      <button type="button" role="menuitem" onClick={() => onSettings(FIRST_COLUMNS)}>
        <span className="tick" />
        As they were at first
      </button>
    </div>
  );
}
