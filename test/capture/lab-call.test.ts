import { describe, expect, it } from 'vitest';
import { checkCall } from '../../server-core/capture/calls.ts';
import { checkLabPlan } from '../../server-core/capture/lab-call.ts';
import {
  LAB_LIMITS,
  LAB_SCENARIOS,
  type LabScenario,
  usualParameters,
} from '../../server-core/capture/lab-scenarios.ts';
import { loadPlan, loadProblem } from '../../server-core/host/lab/load-plan.ts';

const PLAN = { scenario: 'many-short', parameters: { requests: 5, clients: 2 }, models: ['threads'] };
const TARGET = { host: '127.0.0.1', port: 80 };
const MIB = 1024 * 1024;

describe('a call to the lab', () => {
  it.each([
    { op: 'lab', act: 'stop' },
    { op: 'lab', act: 'watch', run: 0, revision: 3, records: 12 },
    { op: 'lab', act: 'run', plan: PLAN },
  ])('$act is taken as it is', (call) => {
    expect(checkCall({ ...call, more: 'which is left behind' })).toEqual(call);
  });

  it.each([
    [{ act: 'dance' }, /run, stop or watch/],
    [{ act: 'watch', run: 1, revision: -1, records: 0 }, /needs the run, the revision/],
    [{ act: 'run' }, /JSON object/],
    [{ act: 'run', plan: { ...PLAN, scenario: 'flood' } }, /has the scenarios in-turn-at-once, /],
    [{ act: 'run', plan: { ...PLAN, models: [] } }, /needs some of event-loop, /],
    [{ act: 'run', plan: { ...PLAN, models: ['threads', 'threads'] } }, /each once/],
    [{ act: 'run', plan: { ...PLAN, models: ['fibers'] } }, /needs some of/],
    [
      { act: 'run', plan: { ...PLAN, parameters: { requests: 5 } } },
      /^Clients: a whole number from 1 to 64$/,
    ],
    [{ act: 'run', plan: { ...PLAN, parameters: { requests: 1e9, clients: 2 } } }, /^Requests: .* to 2000$/],
    [{ act: 'run', plan: { ...PLAN, parameters: { requests: 1.5, clients: 2 } } }, /^Requests: /],
  ])('%j is refused in one sentence', (call, sentence) => {
    expect(checkCall({ op: 'lab', ...call })).toMatch(sentence);
  });

  it('may not fetch more than a capture should have to hold', () => {
    const parameters = { clients: 32, mebibytes: 16, mebibytesPerSecond: 100, everyMs: 30 };
    expect(checkLabPlan({ ...PLAN, scenario: 'slow-readers', parameters })).toMatch(/at most 64 MiB/);
  });
});

describe.each<LabScenario>(LAB_SCENARIOS)('the scenario $id', (scenario) => {
  const plan = (parameters: Readonly<Record<string, number>>) =>
    checkLabPlan({ ...PLAN, scenario: scenario.id, parameters });

  it('is usual within its own bounds, and one that the generator takes', () => {
    const checked = plan(usualParameters(scenario));
    if (typeof checked === 'string') throw new Error(checked);
    expect(loadProblem(TARGET, loadPlan(checked))).toBeUndefined();
  });

  it.each(['least', 'most'] as const)('is taken by the generator at its %s', (edge) => {
    const parameters = Object.fromEntries(scenario.parameters.map((each) => [each.name, each[edge]]));
    const { clients = 0, mebibytes = 0 } = parameters;
    // The one bound that two of them have together.
    if (clients * mebibytes * MIB > LAB_LIMITS.maxBytes)
      parameters['clients'] = LAB_LIMITS.maxBytes / MIB / mebibytes;
    const checked = plan(parameters);
    if (typeof checked === 'string') throw new Error(checked);
    expect(loadProblem(TARGET, loadPlan(checked))).toBeUndefined();
  });
});
