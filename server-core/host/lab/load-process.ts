/**
 * The load generator: a process of its own, so that what it does takes nothing from the loop that serves. It runs one
 * plan, and ends with it, with a stop, with its time, and with the process that started it.
 */
import { LAB_LIMITS } from '../../capture/lab-scenarios.ts';
import { joinClock } from '../../net/clock.ts';
import type { FromLoad, LoadRecord, ToLoad } from './load-messages.ts';
import { loadProblem } from './load-plan.ts';
import { LoadRun } from './load-run.ts';

/** Records are sent together: ten times a second a picture of the run is as live as anybody can see. */
const REPORT_MS = 100;

let run: LoadRun | undefined;

process.on('message', (message: ToLoad) => {
  if (message.t === 'stop') run?.stop();
  else void begin(message);
});
process.on('disconnect', () => process.exit(0));
// Ctrl+C goes to all processes of a terminal: the engine has heard it too, and ends this one.
process.on('SIGINT', () => {});

async function begin({ target, plan, origin, runMs }: Extract<ToLoad, { t: 'run' }>): Promise<void> {
  const refused = run ? 'It has its work already' : loadProblem(target, plan);
  if (refused !== undefined) return end(refused);
  const records: LoadRecord[] = [];
  const report = () => {
    if (records.length > 0) tell({ t: 'records', records: records.splice(0) });
  };
  const beat = setInterval(report, REPORT_MS);
  const clock = { now: joinClock(origin), of: (micros: number) => micros - Number(origin) / 1000 };
  run = new LoadRun(target, plan, clock, (record) => records.push(record));
  const mostMs = Math.min(runMs, LAB_LIMITS.maxRunMs);
  let problem: string | undefined;
  const limit = setTimeout(() => {
    problem = `Cut off after ${mostMs / 1000} s, the most for one model: have it asked for less`;
    run?.stop();
  }, mostMs);
  await run.finish();
  clearTimeout(limit);
  clearInterval(beat);
  report();
  end(problem);
}

function end(problem: string | undefined): void {
  const message: FromLoad = { t: 'done', ...(problem !== undefined && { problem }) };
  // It was read once the channel took it: then nothing holds this process any more.
  process.send!(message, undefined, undefined, () => process.disconnect());
}

function tell(message: FromLoad): void {
  process.send!(message, undefined, undefined, () => {});
}
