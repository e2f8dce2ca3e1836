/** What can be done with one header field: taken to the clipboard, asked for in the filter, made a column. */
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { wireText } from '../../explain/wire-text.ts';
import { keyed } from '../../filter/printer.ts';
import type { FieldView } from '../../store/queries/detail.ts';
import { ICON } from '../shell/icons.tsx';
import { Menu, MenuItem } from '../shell/menu.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { copyText } from '../traffic/copy-rows.ts';
import { narrowBy } from '../traffic/narrow.ts';

interface Props {
  readonly field: FieldView;
  readonly direction: 'in' | 'out';
}

export function FieldMenu({ field, direction }: Props) {
  const store = useStore();
  const toast = useToast();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  const name = wireText(field.name);
  const copy = (text: string) => void copyText(text).then((said) => toast({ text: said }));
  const filterBy = (term: string) => narrowBy(store, term);
  const key = `${direction === 'in' ? 'request' : 'response'}.${field.name.toLowerCase()}=`;
  const term = keyed(key, field.value);
  const has = keyed('has=', field.name.toLowerCase());
  return (
    <>
      <button
        type="button"
        className="btn small square field-more"
        aria-haspopup="menu"
        aria-label={`${name}: copy, or filter by it`}
        title="Copy, or filter by it"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom });
        }}
      >
        <Ellipsis {...ICON} size={12} />
      </button>
      {at && (
        <Menu label={name} at={at} onClose={() => setAt(undefined)}>
          <MenuItem onPick={() => copy(`${field.name}: ${field.value}`)}>Copy the field</MenuItem>
          <MenuItem onPick={() => copy(field.name)}>Copy its name</MenuItem>
          <MenuItem onPick={() => copy(field.value)}>Copy its value</MenuItem>
          <hr />
          <MenuItem about={wireText(term)} onPick={() => filterBy(term)}>
            Filter for this
          </MenuItem>
          <MenuItem about={wireText(`-${term}`)} onPick={() => filterBy(`-${term}`)}>
            Filter out
          </MenuItem>
          <MenuItem about={wireText(has)} onPick={() => filterBy(has)}>
            Filter for its name
          </MenuItem>
        </Menu>
      )}
    </>
  );
}
