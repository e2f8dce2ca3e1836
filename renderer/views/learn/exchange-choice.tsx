/** The latest exchanges to choose from, for whoever comes to Learn without one. */
import { useEffect, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import type { Row } from '../../store/queries/list.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { usePaced } from '../shell/use-paced.ts';
import { printable } from '../traffic/path-text.ts';

interface Props {
  readonly exchange: number | undefined;
  /** What is shown while none is chosen. */
  readonly none: string;
  onExchange(exchange: number | undefined): void;
}

const LATEST = 40;
const LONGEST = 36;
/** Nobody chooses from a list that is another in each frame. */
const PACE_MS = 250;

export function ExchangeChoice({ exchange, none, onExchange }: Props) {
  const store = useStore();
  const captured = usePaced(useStoreState('ledger').ledger.captured, PACE_MS);
  const [rows, setRows] = useState<readonly Row[]>([]);
  useEffect(() => {
    let wanted = true;
    void store.rowsFrom(Math.max(0, captured - LATEST + 1), LATEST).then((found) => wanted && setRows(found));
    return () => {
      wanted = false;
    };
  }, [store, captured]);
  const isListed = exchange === undefined || rows.some(({ id }) => id === exchange);
  return (
    <select
      className="exchange-choice"
      aria-label="Exchange"
      value={exchange ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onExchange(value === '' ? undefined : Number(value));
      }}
    >
      <option value="">{none}</option>
      {!isListed && <option value={exchange}>#{formatCount(exchange)}</option>}
      {rows.toReversed().map((row) => (
        <option key={row.id} value={row.id}>
          {nameOf(row)}
        </option>
      ))}
    </select>
  );
}

function nameOf({ id, method, target, status }: Row): string {
  const line = method === '' ? '[no valid request line]' : `${printable(method)} ${printable(target)}`;
  const shown = line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
  return `#${formatCount(id)} ${shown}${status === undefined ? '' : ` ${status}`}`;
}
