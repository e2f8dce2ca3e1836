import { wireText } from '../../explain/wire-text.ts';
import type { HeadView } from '../../store/queries/detail.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { fieldMeaning } from './field-meanings.ts';

const KINDS = ['version', 'status', 'reason'] as const;

/** The head of a response that came ahead of the final one: RFC 9110 §15.2. */
export function InterimHead({ head: { startLine, fields } }: { readonly head: HeadView }) {
  return (
    <section data-testid="interim-head">
      <h3 className="band">
        <DirectionArrow direction="out" />
        <b>Interim response</b>
        <span className="grow" />
        <span>
          {fields.length} {fields.length === 1 ? 'field' : 'fields'}
        </span>
      </h3>
      <p className="start-line mono selectable">
        {startLine.map((part, i) => (
          <span key={KINDS[i] ?? i} className={`k-${KINDS[i] ?? 'reason'}`}>
            {wireText(part)}{' '}
          </span>
        ))}
      </p>
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => {
            const meaning = fieldMeaning(field.name);
            return (
              <li key={field.start} className="header-field">
                <b className="mono">{wireText(field.name)}</b>
                <div>
                  <p className="mono value selectable">{wireText(field.value)}</p>
                  {meaning && (
                    <p className="dim">
                      {meaning.sentence} <span className="clause">{meaning.section}</span>
                    </p>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
