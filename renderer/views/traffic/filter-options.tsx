import { History, Star } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { printable } from './path-text.ts';
import type { FilterOption } from './use-filter-options.ts';

export const optionId = (list: string, index: number) => `${list}-${index}`;

interface Props {
  readonly id: string;
  readonly options: readonly FilterOption[];
  readonly active: number;
  onActive(index: number): void;
  onPick(option: FilterOption): void;
}

/** The list below the filter box. The input keeps the focus. */
export function FilterOptions({ id, options, active, onActive, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      id={id}
      ref={list}
      role="listbox"
      aria-label="Completions"
      className="filter-options"
      hidden={options.length === 0}
    >
      {options.map((option, index) => (
        <div
          key={`${option.kind} ${option.text}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className={index === active ? 'option on' : 'option'}
          data-testid="filter-option"
          onPointerMove={() => onActive(index)}
          onPointerDown={(event) => {
            // The input keeps the focus, and its blur does not close the list under the pointer.
            event.preventDefault();
            onPick(option);
          }}
        >
          {option.kind === 'saved' && <Star {...ICON} size={14} className="sign" />}
          {option.kind === 'recent' && <History {...ICON} size={14} className="sign" />}
          <span className="label mono clip">
            <Lit text={seen(option.label)} part={option.typed} />
          </span>
          <span className="says clip">{seen(option.says)}</span>
          {option.isSlow && <span className="count slow">reads bytes</span>}
          {option.count !== undefined && option.count > 0 && (
            <span className="count">{formatCount(option.count)}</span>
          )}
        </div>
      ))}
    </div>
  );
}

/** Controls of captured texts as signs, but spaces as they are. */
function seen(text: string): string {
  return text.split(' ').map(printable).join(' ');
}

/** The text with the part lit that was typed. */
function Lit({ text, part }: { readonly text: string; readonly part: string }) {
  const at = part === '' ? -1 : text.toLowerCase().indexOf(part.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + part.length)}</mark>
      {text.slice(at + part.length)}
    </>
  );
}
