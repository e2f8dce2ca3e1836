/** Which columns are shown, and what the Time column says. The platform's popover closes it on Escape. */
import { Check } from 'lucide-react';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { ICON } from '../shell/icons.tsx';
import { type ColumnId, columnKind, fieldColumn, isFixed } from './column-kinds.ts';
import { addedColumn, type ColumnSettings, FIRST_COLUMNS, toggledColumn } from './column-settings.ts';
import type { PlacedColumn } from './columns.ts';
import { type RowTime, TIME_FORMS, TIME_NAMES } from './row-time.ts';

interface Props {
  /** CSS pixels in the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly placed: readonly PlacedColumn[];
  readonly settings: ColumnSettings;
  readonly time: RowTime;
  onSettings(settings: ColumnSettings): void;
  onClose(): void;
}

const WIDTH = 400;
const EDGE = 4;

export function ColumnMenu({ at, placed, settings, time, onSettings, onClose }: Props) {
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
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('button, input') ?? [])];
    const from = items.indexOf(document.activeElement as HTMLElement);
    items[(from + step + items.length) % items.length]?.focus();
  };
  const shows = (id: ColumnId) => placed.some((column) => column.id === id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from one of its controls to the next.
    <div
      ref={menu}
      popover="auto"
      className="column-menu"
      style={{
        left: Math.max(EDGE, Math.min(at.x, window.innerWidth - WIDTH - EDGE)),
        top: at.y,
        width: WIDTH,
        maxHeight: `calc(100vh - ${at.y + EDGE}px)`,
      }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div role="menu" aria-label="Columns">
        <div className="column-choices" role="none">
          {settings.order
            .filter((id) => !isFixed(id))
            .map((id) => (
              <Choice
                key={id}
                single={false}
                checked={shows(id)}
                remark={settings.shown[id] === true && !shows(id) ? 'no room' : undefined}
                onPick={() => onSettings(toggledColumn(settings, id, !shows(id)))}
              >
                {id === 'id' ? 'Number' : columnKind(id).label}
              </Choice>
            ))}
        </div>
        <hr />
        {TIME_FORMS.map((form) => (
          <Choice
            key={form}
            single
            checked={time.form === form}
            remark={form === 'since' && time.reference ? `#${time.reference.exchange}` : undefined}
            onPick={() => time.show(form)}
          >
            Time: {TIME_NAMES[form].toLowerCase()}
          </Choice>
        ))}
        <hr />
        <button type="button" role="menuitem" onClick={() => onSettings(FIRST_COLUMNS)}>
          <span className="tick" />
          Columns as they were at first
        </button>
      </div>
      <FieldName onName={(id) => onSettings(addedColumn(settings, id))} />
    </div>
  );
}

interface ChoiceProps {
  /** One of several, or on by itself. */
  readonly single: boolean;
  readonly checked: boolean;
  readonly remark: string | undefined;
  readonly children: React.ReactNode;
  onPick(): void;
}

function Choice({ single, checked, remark, children, onPick }: ChoiceProps) {
  const words = (
    <>
      <span className="tick">{checked && <Check {...ICON} size={14} />}</span>
      <span className="clip">{children}</span>
      {remark !== undefined && <span className="dim">{remark}</span>}
    </>
  );
  return single ? (
    <button type="button" role="menuitemradio" aria-checked={checked} onClick={onPick}>
      {words}
    </button>
  ) : (
    <button type="button" role="menuitemcheckbox" aria-checked={checked} onClick={onPick}>
      {words}
    </button>
  );
}

/** Adds the column of any header field. */
function FieldName({ onName }: { onName(id: ColumnId): void }) {
  const [name, setName] = useState('');
  const id = fieldColumn(name.trim());
  const isWrong = name.trim() !== '' && id === undefined;
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (id === undefined) return;
    onName(id);
    setName('');
  };
  return (
    <form className="column-field" onSubmit={onSubmit}>
      <input
        type="text"
        className={isWrong ? 'mono wrong' : 'mono'}
        aria-label="Name of a header field to add"
        aria-invalid={isWrong}
        placeholder="Header field, as ETag"
        spellCheck={false}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" className="btn line" disabled={id === undefined}>
        Add column
      </button>
    </form>
  );
}
