/** The plan that a person puts together; it outlives a reload. */
import { useState } from 'react';
import { checkLabPlan, type LabPlan } from '../../../server-core/capture/lab-call.ts';
import {
  LAB_SCENARIOS,
  type LabScenarioId,
  labScenario,
  usualParameters,
} from '../../../server-core/capture/lab-scenarios.ts';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import { useSetting } from '../shell/setting.ts';

/** From the one that serves least at once to the one that serves most. */
export const LAB_MODELS: readonly ModelName[] = ['iterative', 'process', 'prefork', 'threads', 'event-loop'];

const FIRST: LabPlan = planOf(LAB_SCENARIOS[0].id, LAB_MODELS);

/** A scenario with its usual parameters. */
export function planOf(scenario: LabScenarioId, models: readonly ModelName[]): LabPlan {
  return { scenario, models, parameters: usualParameters(labScenario(scenario)) };
}

export function useLabPlan(): readonly [LabPlan, (plan: LabPlan) => void] {
  const [kept, keep] = useSetting<string>('lab', '', (text) => text);
  // While a number is typed, a plan may be none for a moment.
  const [plan, setPlan] = useState<LabPlan>(() => readPlan(kept) ?? FIRST);
  const change = (next: LabPlan) => {
    setPlan(next);
    keep(JSON.stringify(next));
  };
  return [plan, change];
}

function readPlan(text: string): LabPlan | undefined {
  try {
    const plan = checkLabPlan(JSON.parse(text));
    return typeof plan === 'string' ? undefined : plan;
  } catch {
    return undefined;
  }
}
