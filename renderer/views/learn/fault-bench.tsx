/** The fault bench: a server that answers late, slowly or wrongly on purpose, to see what clients make of it. */
import { useEffect, useState } from 'react';
import {
  FAULT_LIMITS,
  type FaultPlan,
  isFaultless,
  NO_FAULTS,
} from '../../../server-core/capture/fault-plan.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import './fault-bench.css';
import { FAULT_FIELDS, FAULT_PRESETS, type FaultField } from './fault-presets.ts';

export function FaultBench() {
  const { servers } = useStoreState();
  const [chosen, setChosen] = useState<number>();
  const server = servers.find(({ id }) => id === chosen) ?? servers[0];
  if (!server)
    return <NoSignal title="No server" text="Serve a folder first: faults are those of one server." />;
  return <Bench key={server.id} server={server} servers={servers} onServer={setChosen} />;
}

interface Props {
  readonly server: ServerView;
  readonly servers: readonly ServerView[];
  onServer(id: number): void;
}

function Bench({ server, servers, onServer }: Props) {
  const store = useStore();
  const toast = useToast();
  const [plan, setPlan] = useState<FaultPlan>();
  const isOn = server.tags?.includes('FAULTS') === true;
  useEffect(() => {
    let wanted = true;
    store.bench(server.id).then(
      (found) => wanted && setPlan(found),
      () => wanted && setPlan(NO_FAULTS),
    );
    return () => {
      wanted = false;
    };
  }, [store, server.id]);
  if (!plan) return null;
  const apply = async (next: FaultPlan) => {
    try {
      await store.bench(server.id, next);
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error) });
    }
  };
  const change = (next: Partial<FaultPlan>) => setPlan({ ...plan, ...next });
  return (
    <div className="bench">
      <div className="bench-form">
        <header>
          <label>
            <span className="dim">Server</span>
            <select value={server.id} onChange={(event) => onServer(Number(event.currentTarget.value))}>
              {servers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <span className={isOn ? 'bench-state on' : 'bench-state'} role="status">
            {isOn ? 'Faults are on' : 'No faults'}
          </span>
          <span className="grow" />
          <button type="button" className="btn" disabled={!isOn} onClick={() => void apply(NO_FAULTS)}>
            Switch off
          </button>
          <button
            type="button"
            className="btn ink"
            disabled={isFaultless(plan)}
            onClick={() => void apply(plan)}
          >
            {isOn ? 'Use these' : 'Switch on'}
          </button>
        </header>
        {FAULT_FIELDS.map(([group, fields]) => (
          <fieldset key={group}>
            <legend>{group}</legend>
            {fields.map((field) => (
              <FieldLine key={field.name} field={field} value={plan[field.name]} onValue={change} />
            ))}
            {group === 'Answers' && (
              <label className="check">
                <input
                  type="checkbox"
                  checked={plan.close}
                  onChange={(event) => change({ close: event.currentTarget.checked })}
                />
                Close the connection after each
              </label>
            )}
          </fieldset>
        ))}
        <p className="dim">
          0 leaves a thing as it is. New connections meet the faults; what is on its way ends as it began.
          Every fault is noted under “Why”, and shows in the lanes of the timeline.
        </p>
      </div>
      <section className="bench-presets" aria-label="Plans">
        <h3>Worth trying</h3>
        <ul>
          {FAULT_PRESETS.map((preset) => (
            <li key={preset.name}>
              <button type="button" onClick={() => setPlan(preset.plan)}>
                <b>{preset.name}</b>
                <span>{preset.watch}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

interface FieldProps {
  readonly field: FaultField;
  readonly value: number;
  onValue(plan: Partial<FaultPlan>): void;
}

function FieldLine({ field: { name, label, unit }, value, onValue }: FieldProps) {
  const most = FAULT_LIMITS[name];
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        className="mono"
        value={value}
        min={0}
        max={most}
        onChange={(event) => {
          const typed = Math.round(event.currentTarget.valueAsNumber);
          if (Number.isFinite(typed)) onValue({ [name]: Math.min(most, Math.max(0, typed)) });
        }}
      />
      <span className="dim">{unit}</span>
    </label>
  );
}
