/** Reads what was typed behind `--fault`: `/api/*: delayMs=300 close`. */
import {
  checkFaultRules,
  FAULT_NUMBERS,
  type FaultNumber,
  type FaultRule,
  NO_FAULTS,
} from '../capture/fault-plan.ts';
import { nearest } from '../files/near-names.ts';
import { UsageError } from './cli-values.ts';

/** Throws UsageError, as all that reads options. */
export function faultRules(option: string, texts: readonly string[] = []): readonly FaultRule[] {
  const rules = checkFaultRules(texts.map((text) => ruleOf(option, text)));
  if (typeof rules === 'string') throw new UsageError(`${option}: ${rules}`);
  return rules;
}

function ruleOf(option: string, text: string): FaultRule {
  const [, path, words] = /^([^\s:]+):\s*(\S.*)$/.exec(text) ?? [];
  if (path === undefined || words === undefined)
    throw new UsageError(`${option} takes "PATH: fault=N", such as "/api/*: delayMs=300", not "${text}"`);
  const rule: { -readonly [Name in keyof FaultRule]: FaultRule[Name] } = { path, ...NO_FAULTS };
  for (const word of words.trim().split(/[\s,]+/)) {
    const [name = '', value = ''] = word.split('=', 2);
    if (word === 'close') rule.close = true;
    else if (!isNumbered(name)) throw new UsageError(`${option}: there is no fault "${name}"${meant(name)}`);
    else rule[name] = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  }
  return rule;
}

function isNumbered(name: string): name is FaultNumber {
  return FAULT_NUMBERS.some((each) => each === name);
}

function meant(name: string): string {
  const near = nearest(name, [...FAULT_NUMBERS, 'close'])[0];
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
