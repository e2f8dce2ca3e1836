/** An equation that always adds up, then what flows and what it costs. */
import { formatByteRate, formatCount } from '../geometry/quantities.ts';
import { Figure } from './shell/figures.tsx';
import { DirectionArrow } from './shell/icons.tsx';
import { useStoreState } from './shell/store-context.tsx';
import './status-bar.css';

const MIB = 2 ** 20;

export function StatusBar() {
  const { ledger, bytesInPerSecond, bytesOutPerSecond, openConnections, memoryBytes, memoryBudgetBytes } =
    useStoreState();
  const held = memoryBudgetBytes > 0 ? Math.min(1, memoryBytes / memoryBudgetBytes) : 0;
  return (
    <footer className="status">
      <span className="equation">
        <Term name="captured" value={ledger.captured} />
        <i>=</i>
        <Term name="shown" value={ledger.shown} />
        <i>+</i>
        <Term name="filtered" value={ledger.filtered} />
        <i>+</i>
        <Term name="trimmed" value={ledger.trimmed} />
      </span>
      <span className={ledger.dropped > 0 ? 's4' : undefined} title="Events that could not be kept">
        <b data-testid="status-dropped">{formatCount(ledger.dropped)}</b> dropped
      </span>
      <span className="grow" />
      <span className="rate" title="Read from clients, per second">
        <DirectionArrow direction="in" />
        <b>
          <Figure of={formatByteRate(Math.round(bytesInPerSecond))} />
        </b>
      </span>
      <span className="rate" title="Written to clients, per second">
        <DirectionArrow direction="out" />
        <b>
          <Figure of={formatByteRate(Math.round(bytesOutPerSecond))} />
        </b>
      </span>
      <span>
        <b data-testid="status-sockets">{formatCount(openConnections)}</b>{' '}
        {openConnections === 1 ? 'socket' : 'sockets'}
      </span>
      <span className="memory" title="The capture's share of its memory budget">
        memory
        <i className="meter">
          <i style={{ width: `${(held * 100).toFixed(1)}%` }} />
        </i>
        <span>
          <b>{formatCount(memoryBytes / MIB)}</b>/{formatCount(memoryBudgetBytes / MIB)} MiB
        </span>
      </span>
    </footer>
  );
}

function Term({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <span>
      <b data-testid={`status-${name}`}>{formatCount(value)}</b> {name}
    </span>
  );
}
