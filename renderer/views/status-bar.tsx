/** An equation that always adds up, then what flows and what it costs. */
import { CircleDot, FileOutput, Save, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatByteRate, formatCount } from '../geometry/quantities.ts';
import { useAllActions } from './actions/action-context.tsx';
import { CaptureBudget } from './servers/capture-budget.tsx';
import { useSaveCapture } from './servers/use-capture.ts';
import { useNotices } from './servers/use-notices.ts';
import { Figure } from './shell/figures.tsx';
import { DirectionArrow, ICON } from './shell/icons.tsx';
import { useStoreState } from './shell/store-context.tsx';
import { useGuest } from './shell/use-guest.ts';
import './status-bar.css';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

export function StatusBar() {
  const { hello } = useStoreState('hello');
  const save = useSaveCapture();
  const actions = useAllActions();
  const isGuest = useGuest();
  const [budget, setBudget] = useState(false);
  useNotices();
  return (
    <>
      <footer className="status" data-pane>
        <Equation />
        <span className="grow" />
        <Flow />
        <Kept onOpen={() => setBudget(!isGuest)} />
        {hello?.recording !== undefined && (
          <span className="recording" title={`Everything is recorded to ${hello.recording}`}>
            <CircleDot {...ICON} size={12} /> recording
          </span>
        )}
        {!isGuest && (
          <button
            type="button"
            className="btn small save"
            title="Save what is held as a file"
            onClick={() => void save()}
          >
            <Save {...ICON} size={14} /> Save
          </button>
        )}
        {!isGuest && (
          <button
            type="button"
            className="btn small save"
            title="Write it for other programs: HAR, pcapng, a report, a log (Ctrl Shift E)"
            onClick={() => actions.run('export')}
          >
            <FileOutput {...ICON} size={14} /> Export
          </button>
        )}
      </footer>
      {budget && <CaptureBudget onClose={() => setBudget(false)} />}
    </>
  );
}

function Equation() {
  const { ledger } = useStoreState('ledger');
  return (
    <>
      <span className="equation">
        <Term name="captured" value={ledger.captured} />
        <i>=</i>
        <Term name="shown" value={ledger.shown} />
        <i>+</i>
        <Term name="filtered" value={ledger.filtered} />
        <i>+</i>
        <Term name="trimmed" about="Cleared, deleted, or let go for newer ones" value={ledger.trimmed} />
      </span>
      <span className={ledger.dropped > 0 ? 's4' : undefined} title="Events that could not be kept">
        <b data-testid="status-dropped">{formatCount(ledger.dropped)}</b> dropped
      </span>
    </>
  );
}

function Flow() {
  const { bytesInPerSecond, bytesOutPerSecond, openConnections } = useStoreState(
    'bytesInPerSecond',
    'bytesOutPerSecond',
    'openConnections',
  );
  return (
    <>
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
    </>
  );
}

/** What the capture takes of its budgets, and the way to set them. */
function Kept({ onOpen }: { readonly onOpen: () => void }) {
  const { memoryBytes, memoryBudgetBytes, diskBytes, diskBudgetBytes, overruns, hello } = useStoreState(
    'memoryBytes',
    'memoryBudgetBytes',
    'diskBytes',
    'diskBudgetBytes',
    'overruns',
    'hello',
  );
  const held = memoryBudgetBytes > 0 ? Math.min(1, memoryBytes / memoryBudgetBytes) : 0;
  const troubled = (hello?.notes.length ?? 0) > 0 || overruns > 0;
  return (
    <button
      type="button"
      className={troubled ? 'btn small memory s4' : 'btn small memory'}
      data-testid="status-kept"
      title={hello?.notes[0] ?? keptTitle(overruns)}
      onClick={onOpen}
    >
      {troubled && <TriangleAlert {...ICON} size={12} />}
      <i className="meter">
        <i style={{ width: `${(held * 100).toFixed(1)}%` }} />
      </i>
      <span>
        <b>{sizeOf(memoryBytes, memoryBudgetBytes)}</b>/{sizeOf(memoryBudgetBytes)}{' '}
        {unitOf(memoryBudgetBytes)}
        <span className="disk">
          <i className="dot">·</i>
          {diskBudgetBytes === 0 ? (
            'memory only'
          ) : (
            <>
              <b>{sizeOf(diskBytes, diskBudgetBytes)}</b>/{sizeOf(diskBudgetBytes)} {unitOf(diskBudgetBytes)}{' '}
              on disk
            </>
          )}
        </span>
      </span>
    </button>
  );
}

function keptTitle(overruns: number): string {
  if (overruns === 0) return 'What is kept of the traffic; click to set how much';
  return `The disk was slower than the traffic ${overruns} times, and older traffic was trimmed early`;
}

/** In the unit of its budget, so that the two can be compared. */
function sizeOf(bytes: number, budget = bytes): string {
  return budget >= GIB ? (bytes / GIB).toFixed(bytes % GIB === 0 ? 0 : 1) : formatCount(bytes / MIB);
}

function unitOf(budget: number): string {
  return budget >= GIB ? 'GiB' : 'MiB';
}

interface TermProps {
  readonly name: string;
  readonly about?: string;
  readonly value: number;
}

function Term({ name, about, value }: TermProps) {
  return (
    <span title={about}>
      <b data-testid={`status-${name}`}>{formatCount(value)}</b> {name}
    </span>
  );
}
