/** What the whole window comes to. */
import { formatCount, formatDuration, spell } from '../../geometry/quantities.ts';
import { useStoreState } from '../shell/store-context.tsx';
import type { DetailedResult } from './graph-tracks.ts';

export function WindowFigures({ result }: { readonly result: DetailedResult }) {
  const { servers } = useStoreState('servers');
  const { requests, details } = result;
  const { latency, reused, workers, moreWorkers } = details;
  const served = workers.length + moreWorkers;
  const asked = sum(requests);
  const kept = sum(reused);
  const figures: readonly (readonly [name: string, value: string, id: string])[] = [
    ['requests', formatCount(asked), 'requests'],
    ['answered', formatCount(latency.count), 'answered'],
    ['p50', duration(latency.p50), 'p50'],
    ['p95', duration(latency.p95), 'p95'],
    ['p99', duration(latency.p99), 'p99'],
    ['on a kept connection', asked > 0 ? `${Math.round((kept / asked) * 100)} %` : '—', 'kept'],
    ['requests a connection', asked > kept ? (asked / (asked - kept)).toFixed(1) : '—', 'per-connection'],
  ];
  return (
    <div className="window-figures" data-testid="window-figures">
      <span className="dim">{servers.length > 1 ? `In view, all ${servers.length} servers` : 'In view'}</span>
      {figures.map(([name, value, id]) => (
        <span key={id} data-figure={id}>
          <b className="mono">{value}</b> <span className="dim">{name}</span>
        </span>
      ))}
      <span className="grow" />
      <span className="dim">
        {formatCount(served)} {served === 1 ? 'process or thread' : 'processes and threads'}
        {moreWorkers > 0 && `, the newest ${formatCount(workers.length)} shown`}
      </span>
    </div>
  );
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

function duration(micros: number): string {
  return Number.isNaN(micros) ? '—' : spell(formatDuration(micros));
}
