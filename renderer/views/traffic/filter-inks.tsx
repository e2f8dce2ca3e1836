import { memo } from 'react';
import type { Place } from '../../filter/ast.ts';
import { inkRuns } from '../../filter/inks.ts';

/** The text again, in its inks, under the clear text of the input: same font, same place, same scroll. */
export const FilterInks = memo(
  ({ text, wrong }: { readonly text: string; readonly wrong: Place | undefined }) => (
    <div className="inks" aria-hidden="true">
      {inkRuns(text, wrong).map((run) => (
        <span key={run.start} className={run.wrong ? `ink-${run.ink} wrong` : `ink-${run.ink}`}>
          {run.text}
        </span>
      ))}
    </div>
  ),
);
