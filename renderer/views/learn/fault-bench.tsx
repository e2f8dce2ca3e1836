/** The fault bench: a server that answers late, slowly or wrongly on purpose, to see what clients make of it. */
import { useEffect, useState } from 'react';
import {
  FAULT_LIMITS,
  type FaultPlan,
  type FaultRule,
  isFaultless,
} from '../../../server-core/capture/fault-plan.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useGuest } from '../shell/use-guest.ts';
import './fault-bench.css';
import { FAULT_FIELDS, FAULT_PRESETS, type FaultField } from './fault-presets.ts';
import { ALL_PATHS, FaultRules } from './fault-rules.tsx';

export function FaultBench() {
  const { servers } = useStoreState('servers');
  const [chosen, setChosen] = useState<number>();
  const isGuest = useGuest();
  const server = servers.find(({ id }) => id === chosen) ?? servers[0];
  if (isGuest)
    return <NoSignal title="You look on" text="Faults are switched by whoever shares this window." />;
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
  const [rules, setRules] = useState<readonly FaultRule[]>();
  const [at, setAt] = useState(0);
  const isOn = server.tags?.includes('FAULTS') === true;
  useEffect(() => {
    let wanted = true;
    store.bench(server.id).then(
      (found) => wanted && setRules(found.length > 0 ? found : [ALL_PATHS]),
      () => wanted && setRules([ALL_PATHS]),
    );
    return () => {
      wanted = false;
    };
  }, [store, server.id]);
  const rule = rules?.[at];
  if (!rules || !rule) return null;
  const apply = async (next: readonly FaultRule[]) => {
    try {
      await store.bench(server.id, next);
    } catch (error) {
      toast({ text: sentenceOf(error) });
    }
  };
  const change = (next: Partial<FaultRule>) => setRules(rules.with(at, { ...rule, ...next }));
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
          <button type="button" className="btn" disabled={!isOn} onClick={() => void apply([])}>
            Switch off
          </button>
          <button
            type="button"
            className="btn ink"
            disabled={rules.every(isFaultless)}
            onClick={() => void apply(rules)}
          >
            {isOn ? 'Use these' : 'Switch on'}
          </button>
        </header>
        <FaultRules
          rules={rules}
          at={at}
          onRules={(next, shown) => {
            setRules(next);
            setAt(shown);
          }}
        />
        {FAULT_FIELDS.map(([group, fields]) => (
          <fieldset key={group}>
            <legend>{group}</legend>
            {fields.map((field) => (
              <FieldLine key={field.name} field={field} value={rule[field.name]} onValue={change} />
            ))}
            {group === 'Answers' && (
              <label className="check">
                <input
                  type="checkbox"
                  checked={rule.close}
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
              <button type="button" onClick={() => change(preset.plan)}>
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
