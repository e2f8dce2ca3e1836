import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { Warning } from '../../explain/warnings.ts';
import { ICON } from '../shell/icons.tsx';

/** A triangle breaks a rule, a circle is only odd: the shape says it without the hue. */
export function WarningLine({ warning }: { readonly warning: Warning }) {
  const { level, sentence, section } = warning;
  const Sign = level === 'bad' ? TriangleAlert : CircleAlert;
  return (
    <p className={`remark ${level}`} data-testid="remark">
      <Sign {...ICON} size={12} />
      <span>
        <span className="spoken">{level === 'bad' ? 'Breaks a rule: ' : 'Odd: '}</span>
        {sentence}. <span className="clause dim">{section}</span>
      </span>
    </p>
  );
}
