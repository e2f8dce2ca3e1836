/** Load: the same requests under several models, one after the other, and what came of it side by side. */
import { Download, List } from 'lucide-react';
import { useMemo, useState } from 'react';
import { checkLabPlan } from '../../../server-core/capture/lab-call.ts';
import { modelResults } from '../../lab/group-result.ts';
import { NO_FILTER } from '../../store/queries/filter.ts';
import { useActions } from '../actions/action-context.tsx';
import { sentenceOf } from '../servers/use-serve.ts';
import { ICON } from '../shell/icons.tsx';
import { Menu, MenuItem } from '../shell/menu.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useGuest } from '../shell/use-guest.ts';
import { LabCurves } from './lab-curves.tsx';
import { LabForm } from './lab-form.tsx';
import { planOf, useLabPlan } from './lab-plan.ts';
import { LabScenarios } from './lab-scenarios.tsx';
import { LabTable } from './lab-table.tsx';
import './lab-view.css';
import { progressWords } from './lab-words.ts';
import { SAVES } from './save-results.ts';
import { useLab } from './use-lab.ts';

export function LabView({ onTraffic }: { onTraffic(): void }) {
  const store = useStore();
  const toast = useToast();
  const { captures } = useStoreState('captures');
  const { log, problem } = useLab();
  const isGuest = useGuest();
  const [own, setPlan] = useLabPlan();
  const [oneScale, setOneScale] = useState(true);
  const [drawn, setDrawn] = useState<number>();
  const [saving, setSaving] = useState<{ readonly x: number; readonly y: number }>();
  const results = useMemo(() => modelResults(log), [log]);
  const { report } = log;
  const running = report?.running ?? false;
  const ran = report?.plan;
  // Who looks on sees what is run, and plans nothing.
  const plan = (isGuest && ran) || own;
  const isOther = ran !== undefined && ran.scenario !== plan.scenario;
  const tell = (done: Promise<unknown>) => {
    done.catch((error: unknown) => toast({ text: sentenceOf(error) }));
  };
  const canRun = !isGuest && !running && problem === undefined && typeof checkLabPlan(plan) !== 'string';
  const run = () => tell(store.lab({ op: 'lab', act: 'run', plan }));
  const stop = () => tell(store.lab({ op: 'lab', act: 'stop' }));
  useActions({ 'lab-run': canRun ? run : undefined, 'lab-stop': running && !isGuest ? stop : undefined });
  const groups = results[0]?.groups.length ?? 0;
  // The last is who is asked about: those at once, those without keep-alive, those beside the slow ones.
  const group = Math.min(drawn ?? groups - 1, groups - 1);
  const showTraffic = () => {
    const last = results.at(-1)?.run;
    const from = results[0]?.run.began;
    if (report?.server === undefined || from === undefined || !last) return;
    // Of what is live, and not of a capture that is shown.
    if (captures.some(({ shown }) => shown)) store.show(undefined);
    store.setFilter({ ...NO_FILTER, server: report.server, from, to: last.ended });
    onTraffic();
  };
  return (
    <div className={isGuest ? 'lab looked-at' : 'lab'}>
      {!isGuest && (
        <LabScenarios
          chosen={plan.scenario}
          onChoose={(scenario) => setPlan(planOf(scenario, plan.models))}
        />
      )}
      <section className="lab-main" aria-label="Load">
        <LabForm
          plan={plan}
          running={running}
          readOnly={isGuest}
          progress={ran ? progressWords(ran, results, running) : ''}
          problem={problem}
          onPlan={setPlan}
          onRun={run}
          onStop={stop}
        />
        {!ran || (isOther && !running) ? (
          <NoSignal
            title={isOther ? 'This scenario was not run yet' : 'Nothing was run yet'}
            {...(isGuest && {
              foot: 'You look on: whoever shares this window runs it, and you see it here.',
            })}
            text="A load generator, in a process of its own, asks a server that is started for it on this machine: the same under one model after the other. What it saw stands here side by side, and all of it is captured like any traffic."
            {...(isOther && { foot: 'The results of the run before are kept until the next one.' })}
          />
        ) : (
          <div className="lab-results">
            <div className="tools">
              <label className="lab-check">
                <input
                  type="checkbox"
                  checked={oneScale}
                  onChange={(event) => setOneScale(event.currentTarget.checked)}
                />
                One axis of time for all models
              </label>
              <span className="grow" />
              <button type="button" className="btn" onClick={showTraffic}>
                <List {...ICON} />
                Show its traffic
              </button>
              <button
                type="button"
                className="btn"
                aria-haspopup="menu"
                aria-expanded={saving !== undefined}
                disabled={results.length === 0}
                onClick={({ currentTarget }) => {
                  const { left, bottom } = currentTarget.getBoundingClientRect();
                  setSaving({ x: left, y: bottom + 4 });
                }}
              >
                <Download {...ICON} />
                Save
              </button>
            </div>
            <LabTable models={ran.models} results={results} running={running} oneScale={oneScale}>
              <LabCurves results={results} group={group} onGroup={setDrawn} />
            </LabTable>
          </div>
        )}
      </section>
      {saving && (
        <Menu label="Save the results" at={saving} onClose={() => setSaving(undefined)}>
          {SAVES.map(({ name, about, save }) => (
            <MenuItem key={name} about={about} onPick={() => ran && tell(save(ran, results, group))}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  );
}
