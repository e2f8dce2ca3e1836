import { ArrowDown, ArrowUp } from 'lucide-react';
import type { HeatOrder, HeatSort } from './heat-rows.ts';

interface Props {
  readonly order: HeatOrder;
  onOrder(order: HeatOrder): void;
}

const COLUMNS: readonly { readonly by: HeatSort; readonly label: string; readonly title: string }[] = [
  { by: 'name', label: 'Path', title: 'Name in its folder' },
  { by: 'hits', label: 'Requests', title: 'How often it was asked for; bars by square root' },
  { by: 'bytes', label: 'Sent', title: 'Bytes of its responses on the wire, heads included' },
  { by: 'status', label: 'Last', title: 'Status of the latest response' },
  { by: 'cached', label: '304', title: 'Share of requests answered by 304: the client had it' },
  { by: 'size', label: 'Size', title: 'Bytes of the file on the disk' },
];

export function HeatHead({ order, onOrder }: Props) {
  return (
    <div className="heat-head" role="rowgroup">
      <div className="heat-row" role="row" aria-rowindex={1}>
        {COLUMNS.map(({ by, label, title }) => {
          const sorted = order.by === by;
          const Arrow = order.descending ? ArrowDown : ArrowUp;
          return (
            <div
              key={by}
              role="columnheader"
              className={by === 'name' ? undefined : 'figure'}
              aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                type="button"
                title={title}
                // Names from the first on, figures from the highest.
                onClick={() => onOrder({ by, descending: sorted ? !order.descending : by !== 'name' })}
                onKeyDown={(event) => event.stopPropagation()}
              >
                {label}
                {sorted && <Arrow size={12} strokeWidth={1.25} aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
