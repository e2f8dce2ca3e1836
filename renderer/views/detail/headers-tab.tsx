/** Start line and fields as they were on the wire: order, case and duplicates kept. */
import type { DetailResult, MessageView } from '../../store/queries.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { printable } from '../traffic/path-text.ts';
import { fieldMeaning } from './field-meanings.ts';
import './headers-tab.css';

const REQUEST_KINDS = ['method', 'target', 'version'] as const;
const RESPONSE_KINDS = ['version', 'status', 'reason'] as const;

export function HeadersTab({ detail }: { readonly detail: DetailResult }) {
  const { request, response } = detail;
  return (
    <div className="sheet-pane headers" tabIndex={0}>
      <Head message={request} name="Request" />
      {response && <Head message={response} name="Response" />}
    </div>
  );
}

function Head({ message, name }: { readonly message: MessageView; readonly name: string }) {
  const { direction, startLine, fields } = message;
  const kinds = direction === 'in' ? REQUEST_KINDS : RESPONSE_KINDS;
  const firstTrailer = fields.findIndex(({ trailer }) => trailer);
  return (
    <section>
      <h3 className="band">
        <DirectionArrow direction={direction} />
        <b>{name}</b>
        <span className="grow" />
        <span>
          {fields.length} {fields.length === 1 ? 'field' : 'fields'}
        </span>
      </h3>
      <p className="start-line mono selectable">
        {startLine.map((part, i) => (
          <span key={kinds[i] ?? i} className={`k-${kinds[i] ?? 'reason'}`}>
            {printable(part).replaceAll('·', ' ')}{' '}
          </span>
        ))}
      </p>
      <ul>
        {fields.map((field, i) => {
          const meaning = fieldMeaning(field.name);
          return (
            <li key={field.start} className="header-field" data-testid="field-row">
              {i === firstTrailer && <p className="trailers meta">[after the content]</p>}
              <b className="mono">{printable(field.name)}</b>
              <div>
                <p className="mono value selectable">{printable(field.value).replaceAll('·', ' ')}</p>
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
    </section>
  );
}
