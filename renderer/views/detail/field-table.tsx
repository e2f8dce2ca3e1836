/** Fields beside the bytes, in wire order. Pointing at one lights its bytes, and the other way round. */
import { useEffect, useRef } from 'react';
import type { FieldView, MessageView } from '../../store/queries.ts';
import { printable } from '../traffic/path-text.ts';
import { fieldMeaning } from './field-meanings.ts';

interface Props {
  readonly message: MessageView;
  /** Start of the field that is lit. */
  readonly litStart: number | undefined;
  onHover(field: FieldView | undefined): void;
  onPick(field: FieldView): void;
}

export function FieldTable({ message, litStart, onHover, onPick }: Props) {
  const box = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (litStart === undefined || box.current?.matches(':hover')) return;
    box.current?.querySelector('.on')?.scrollIntoView({ block: 'nearest' });
  }, [litStart]);
  const step = (from: Element, by: 1 | -1) => {
    const item = from.closest('li');
    const next = by > 0 ? item?.nextElementSibling : item?.previousElementSibling;
    next?.querySelector('button')?.focus();
  };
  return (
    <ul className="fields" ref={box} onPointerLeave={() => onHover(undefined)}>
      {message.fields.map((field, i) => {
        const meaning = fieldMeaning(field.name);
        const lit = field.start === litStart;
        return (
          <li key={field.start}>
            <button
              type="button"
              className={lit ? 'field on' : 'field'}
              data-testid="field-row"
              data-start={field.start}
              tabIndex={lit || (litStart === undefined && i === 0) ? 0 : -1}
              onPointerEnter={() => onHover(field)}
              onFocus={(event) => event.currentTarget.matches(':focus-visible') && onPick(field)}
              onClick={() => onPick(field)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
                event.preventDefault();
                event.stopPropagation();
                step(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1);
              }}
            >
              <span className="pair mono">
                <b>{field.name}</b>
                <span className="clip">{printable(field.value).replaceAll('·', ' ')}</span>
              </span>
              <span className="meaning clip">
                {field.trailer && <span className="meta">[trailer] </span>}
                {meaning?.sentence ?? ''}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
