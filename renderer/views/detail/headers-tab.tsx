/** Heads as they were on the wire: order, case and duplicates kept; what each field says, and what is odd about it. */
import { useMemo, useState } from 'react';
import { type CacheFact, cachingOf } from '../../explain/caching.ts';
import { formPairs, queryOf } from '../../explain/form-pairs.ts';
import { statusExplanation } from '../../explain/glossary/glossary.ts';
import { type Warning, warningsOf } from '../../explain/warnings.ts';
import { wireText } from '../../explain/wire-text.ts';
import type { DetailResult, FieldView, MessageView } from '../../store/queries/detail.ts';
import { MoreButton } from '../learn/more-button.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { CookieTable, SetCookieTable } from './cookie-table.tsx';
import { fieldMeaning } from './field-meanings.ts';
import { FieldMenu } from './field-menu.tsx';
import './headers-tab.css';
import { HeadText } from './head-text.tsx';
import { InterimHead } from './interim-head.tsx';
import { PairsTable } from './parts-view.tsx';
import { WarningLine } from './warning-line.tsx';

const REQUEST_KINDS = ['method', 'target', 'version'] as const;
const RESPONSE_KINDS = ['version', 'status', 'reason'] as const;

export function HeadersTab({ detail }: { readonly detail: DetailResult }) {
  const { request, response, row, connection } = detail;
  const { hello, servers } = useStoreState('hello', 'servers');
  const server = servers.find(({ id }) => id === connection.server);
  const secure = server?.url.startsWith('https:') ?? false;
  const query = queryOf(request.startLine[1] ?? '');
  const responseMs = (hello?.epochMs ?? 0) + (row.responseTime ?? row.beginTime) / 1000;
  const caching = useMemo(
    () =>
      response && row.status !== undefined && row.status !== 101 && row.fault === undefined
        ? cachingOf({
            method: row.method,
            status: row.status,
            request: request.fields,
            response: response.fields,
            responseMs,
          })
        : [],
    [request, response, row, responseMs],
  );
  return (
    <div className="sheet-pane headers" tabIndex={0}>
      <Head message={request} name="Request" method={row.method} secure={secure}>
        {query !== undefined && <PairsTable pairs={formPairs(query)} label="Query" />}
      </Head>
      {response?.interim.map((head, i) => (
        <InterimHead key={head.fields[0]?.start ?? -i} head={head} />
      ))}
      {response && (
        <Head message={response} name="Response" method={row.method} secure={secure}>
          {undefined}
        </Head>
      )}
      {caching.length > 0 && <Caching facts={caching} />}
    </div>
  );
}

interface HeadProps {
  readonly message: MessageView;
  readonly name: string;
  readonly method: string;
  readonly secure: boolean;
  /** What stands below the start line. */
  readonly children: React.ReactNode;
}

function Head({ message, name, method, secure, children }: HeadProps) {
  const { direction, startLine, fields } = message;
  const kinds = direction === 'in' ? REQUEST_KINDS : RESPONSE_KINDS;
  const firstTrailer = fields.findIndex(({ trailer }) => trailer);
  const warnings = useMemo(() => warningsOf(message, { method, secure }), [message, method, secure]);
  const own = (field: FieldView) => warnings.filter((each) => each.field === field.start);
  const [raw, setRaw] = useState(false);
  const parsed = (
    <>
      <p className="start-line mono selectable">
        {startLine.map((part, i) => (
          <span key={kinds[i] ?? i} className={`k-${kinds[i] ?? 'reason'}`}>
            {wireText(part)}{' '}
          </span>
        ))}
        {direction === 'in' ? (
          <MoreButton kind="method" of={startLine[0] ?? ''} />
        ) : (
          <MoreButton kind="status" of={statusExplanation(Number(startLine[1]))?.key ?? ''} />
        )}
      </p>
      {children}
      {warnings
        .filter(({ field }) => field === undefined)
        .map((warning) => (
          <WarningLine key={warning.sentence} warning={warning} />
        ))}
      <ul>
        {fields.map((field, i) => (
          <Field key={field.start} field={field} warnings={own(field)} secure={secure} direction={direction}>
            {i === firstTrailer && <p className="trailers meta">[after the content]</p>}
          </Field>
        ))}
      </ul>
    </>
  );
  return (
    <section>
      <h3 className="band">
        <DirectionArrow direction={direction} />
        <b>{name}</b>
        <span className="grow" />
        {warnings.length > 0 && (
          <span className="odd">
            {warnings.length} {warnings.length === 1 ? 'remark' : 'remarks'}
          </span>
        )}
        <span>
          {fields.length} {fields.length === 1 ? 'field' : 'fields'}
        </span>
        {message.bytes && (
          <button
            type="button"
            className={raw ? 'btn small on' : 'btn small'}
            aria-pressed={raw}
            title="The text as it was sent, with spaces and line ends drawn"
            onClick={() => setRaw(!raw)}
          >
            As sent
          </button>
        )}
      </h3>
      {raw && message.bytes ? <HeadText bytes={message.bytes.subarray(0, message.headLength)} /> : parsed}
    </section>
  );
}

interface FieldProps {
  readonly field: FieldView;
  readonly warnings: readonly Warning[];
  readonly secure: boolean;
  readonly direction: 'in' | 'out';
  readonly children: React.ReactNode;
}

function Field({ field, warnings, secure, direction, children }: FieldProps) {
  const meaning = fieldMeaning(field.name);
  const name = field.name.toLowerCase();
  return (
    <li className="header-field" data-testid="field-row">
      {children}
      <b className="mono">{wireText(field.name)}</b>
      <div>
        <p className="mono value selectable">{wireText(field.value)}</p>
        {meaning && (
          <p className="dim">
            {meaning.sentence}{' '}
            <span className="clause">
              {meaning.section} <MoreButton kind="field" of={field.name} />
            </span>
          </p>
        )}
        {name === 'cookie' && direction === 'in' && <CookieTable value={field.value} />}
        {name === 'set-cookie' && direction === 'out' && (
          <SetCookieTable value={field.value} secure={secure} />
        )}
        {warnings.map((warning) => (
          <WarningLine key={warning.sentence} warning={warning} />
        ))}
      </div>
      <FieldMenu field={field} direction={direction} />
    </li>
  );
}

function Caching({ facts }: { readonly facts: readonly CacheFact[] }) {
  return (
    <section className="caching" data-testid="caching">
      <h3 className="band">
        <b>Caching</b>
        <span className="grow" />
        <span className="meta">[worked out from the fields]</span>
      </h3>
      <ul>
        {facts.map(({ sentence, section }) => (
          <li key={sentence}>
            {sentence} <span className="clause dim">{section}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
