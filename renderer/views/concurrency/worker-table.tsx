/** The processes and threads beside their lanes: who they are, and what they use at the cursor. */
import { keyed } from '../../filter/printer.ts';
import { formatBytes, formatCount, spell } from '../../geometry/quantities.ts';
import type { WorkerLane } from '../../store/queries/workers.ts';
import { useStoreState } from '../shell/store-context.tsx';

interface Props {
  readonly workers: readonly WorkerLane[];
  /** How many more there are that are not shown. */
  readonly more: number;
  readonly bin: number;
  readonly rowHeight: number;
  /** Has the list show only the requests of a server that a term of the filter fits. */
  onFilter(term: string, server: number): void;
}

export function WorkerTable({ workers, more, bin, rowHeight, onFilter }: Props) {
  const { servers } = useStoreState('servers');
  /** Threads of several servers have the same names. */
  const whose = ({ server }: WorkerLane) => {
    const of = servers.length > 1 && servers.find(({ id }) => id === server);
    return of ? ` of ${of.name}` : '';
  };
  return (
    <table className="worker-table" data-testid="workers">
      <caption className="spoken">
        Processes and threads in view{more > 0 && `; ${formatCount(more)} earlier ones are left out`}
      </caption>
      <thead className="spoken">
        <tr>
          <th>Name</th>
          <th>Requests</th>
          <th>State</th>
          <th>Processor</th>
          <th>Memory</th>
        </tr>
      </thead>
      <tbody>
        {workers.map((worker) => (
          <tr
            key={`${worker.server} ${worker.name} ${worker.id}`}
            style={{ height: rowHeight }}
            data-testid="worker"
            data-state={stateOf(worker)}
          >
            <th scope="row">
              {worker.name === 'main' ? (
                <Name worker={worker} />
              ) : (
                <button
                  type="button"
                  title={`Only the requests of ${worker.name}${whose(worker)}`}
                  onClick={() => onFilter(keyed('worker=', worker.name), worker.server)}
                >
                  <Name worker={worker} />
                </button>
              )}
            </th>
            <td className="spoken">{worker.exchanges}</td>
            <td className="spoken">{[stateOf(worker), worker.detail].filter(Boolean).join(': ')}</td>
            <td className="mono">{cpuText(worker.cpu[bin])}</td>
            <td className="mono">{memoryText(worker.memory[bin])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `process 4711` names its number; of others it stands beside. */
function Name({ worker: { name, id } }: { readonly worker: WorkerLane }) {
  const [kind, number] = name.split(' ');
  return (
    <>
      {kind} <span className="mono dim">{number ?? id}</span>
    </>
  );
}

export function stateOf({ ready, ended, detail, name }: WorkerLane): string {
  if (!Number.isNaN(ended)) return detail === '' ? 'ended' : 'died';
  return Number.isNaN(ready) && name !== 'main' ? 'starting' : 'serving';
}

function cpuText(cores: number | undefined): string {
  return cores === undefined || Number.isNaN(cores) ? '—' : `${Math.round(cores * 100)} %`;
}

function memoryText(bytes: number | undefined): string {
  return bytes === undefined || Number.isNaN(bytes) || bytes === 0 ? '—' : spell(formatBytes(bytes));
}
