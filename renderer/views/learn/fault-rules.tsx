/** For which paths a plan is meant: a rule each, of which the first that fits a request is followed. */
import { Plus, X } from 'lucide-react';
import { type FaultRule, isPattern, MOST_RULES, NO_FAULTS } from '../../../server-core/capture/fault-plan.ts';
import { ICON } from '../shell/icons.tsx';

export const ALL_PATHS: FaultRule = { path: '*', ...NO_FAULTS };

interface Props {
  readonly rules: readonly FaultRule[];
  readonly at: number;
  onRules(rules: readonly FaultRule[], at: number): void;
}

export function FaultRules({ rules, at, onRules }: Props) {
  const rule = rules[at] ?? ALL_PATHS;
  return (
    <div className="fault-rules">
      <fieldset className="segments" aria-label="Rules">
        {rules.map(({ path }, i) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: paths are typed, and two can be the same meanwhile.
            key={i}
            type="button"
            className={i === at ? 'btn mono on' : 'btn mono'}
            aria-pressed={i === at}
            onClick={() => onRules(rules, i)}
          >
            {path === '*' ? 'all paths' : path}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className="btn"
        title="Other faults for other paths: the first rule that fits is followed"
        disabled={rules.length >= MOST_RULES}
        onClick={() => onRules([{ ...ALL_PATHS, path: '/' }, ...rules], 0)}
      >
        <Plus {...ICON} size={14} /> Rule
      </button>
      <span className="grow" />
      <label>
        <span className="dim">Path</span>
        <input
          type="text"
          className="mono"
          aria-invalid={!isPattern(rule.path)}
          title="A path; * stands for anything: /api/*, *.png"
          spellCheck={false}
          value={rule.path}
          onChange={(event) => onRules(rules.with(at, { ...rule, path: event.currentTarget.value }), at)}
        />
      </label>
      <button
        type="button"
        className="btn square"
        aria-label="Remove the rule"
        title="Remove the rule"
        disabled={rules.length === 1}
        onClick={() => onRules(rules.toSpliced(at, 1), Math.max(0, at - 1))}
      >
        <X {...ICON} size={14} />
      </button>
    </div>
  );
}
