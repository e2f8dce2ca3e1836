import type { FilterError } from '../../filter/ast.ts';
import { coded } from './coded.tsx';

interface Props {
  readonly id: string;
  readonly error: FilterError;
  readonly inForce: string;
  /** The list of what may come next says it better. */
  readonly quiet: boolean;
  onFix(fix: string): void;
}

/** What is wrong, below the place where it is; and what filters meanwhile. */
export function FilterMessage({ id, error, inForce, quiet, onFix }: Props) {
  const { message, incomplete, fix, start } = error;
  return (
    <div
      id={id}
      role="status"
      className={incomplete ? 'filter-message' : 'filter-message wrong'}
      style={{ '--at': start } as React.CSSProperties}
      hidden={quiet && incomplete}
    >
      <p>
        {coded(message)}
        {fix !== undefined && (
          <button type="button" className="btn line small" onClick={() => onFix(fix)}>
            Use {fix}
          </button>
        )}
      </p>
      <p className="in-force">
        {inForce.trim() === '' ? (
          'Until then nothing is filtered'
        ) : (
          <>
            Until then <code className="mono">{inForce.trim()}</code> is in force
          </>
        )}
      </p>
    </div>
  );
}
