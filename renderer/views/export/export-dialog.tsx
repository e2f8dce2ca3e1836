/** What is captured, in the format of other programs: which, of what, and without what. */
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import {
  EXPORT_FORMATS,
  EXPORT_NAMES,
  type ExportFormat,
  type ExportName,
} from '../../../server-core/capture/export-call.ts';
import { formatCount } from '../../geometry/quantities.ts';
import type { ExportScope } from '../../store/queries/store.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { Dialog } from '../shell/dialog.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useStoreState } from '../shell/store-context.tsx';
import './export-dialog.css';
import { askedRows, forgetAsked, useChosen } from './chosen-rows.ts';
import { useExport } from './use-export.ts';

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { ledger, captures } = useStoreState('ledger', 'captures');
  const listed = useChosen();
  const [asked] = useState(askedRows);
  useEffect(() => forgetAsked, []);
  const chosen = asked ?? listed;
  const write = useExport();
  const [as, setAs] = useSetting<ExportName>('export-format', 'har', oneOf(EXPORT_NAMES));
  const held = ledger.captured - ledger.trimmed;
  const isFiltered = ledger.filtered > 0;
  const [scope, setScope] = useState<ExportScope>(
    asked || chosen.size > 1 ? 'chosen' : isFiltered ? 'shown' : 'all',
  );
  /** Undefined: as the format has it. */
  const [redacts, setRedacts] = useState<boolean>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const capture = captures.find(({ shown }) => shown);
  const format: ExportFormat = EXPORT_FORMATS[as];
  const isRedacted = redacts ?? format.redacts;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const isDone = await write({
        as,
        scope,
        chosen: [...chosen].sort((a, b) => a - b),
        redact: isRedacted,
      });
      if (isDone) onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <Dialog label="Export" onClose={onClose}>
      <form className="export" onSubmit={(event) => void submit(event)}>
        <h2>Export {capture ? capture.name : 'what is captured'}</h2>
        <fieldset>
          <legend>As</legend>
          {EXPORT_NAMES.map((name) => (
            <Choice
              key={name}
              group="as"
              checked={name === as}
              onPick={() => setAs(name)}
              about={aboutOf(name)}
            >
              {EXPORT_FORMATS[name].title} <span className="mono dim">.{EXPORT_FORMATS[name].ending}</span>
            </Choice>
          ))}
        </fieldset>
        <fieldset className="export-scope">
          <legend>Requests</legend>
          <Choice group="scope" checked={scope === 'all'} onPick={() => setScope('all')}>
            All <b>{formatCount(held)}</b>
          </Choice>
          <Choice
            group="scope"
            checked={scope === 'shown'}
            disabled={!isFiltered}
            onPick={() => setScope('shown')}
          >
            Shown <b>{formatCount(ledger.shown)}</b>
          </Choice>
          <Choice
            group="scope"
            checked={scope === 'chosen'}
            disabled={chosen.size === 0}
            onPick={() => setScope('chosen')}
          >
            Chosen <b>{formatCount(chosen.size)}</b>
          </Choice>
        </fieldset>
        <label className="export-redact">
          <input
            type="checkbox"
            checked={isRedacted}
            onChange={(event) => setRedacts(event.target.checked)}
          />
          <span>
            Remove cookies, credentials and addresses
            <small>
              {isRedacted
                ? 'Their values become asterisks. Targets, queries and content stay as they are: look for secrets there.'
                : 'The file will let whoever has it act as the people in it.'}
            </small>
          </span>
        </label>
        {problem !== undefined && (
          <p className="s5" role="alert">
            {problem}
          </p>
        )}
        <div className="actions">
          <button type="button" className="btn line" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn ink" disabled={busy || held === 0}>
            {busy ? 'Writing…' : 'Export'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function aboutOf(name: ExportName): string {
  return EXPORT_FORMATS[name].sentence;
}

interface ChoiceProps {
  readonly group: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly about?: string;
  onPick(): void;
  readonly children: ReactNode;
}

function Choice({ group, checked, disabled = false, about, onPick, children }: ChoiceProps) {
  const id = useId();
  return (
    <label className="export-choice">
      <input
        type="radio"
        name={group}
        checked={checked}
        disabled={disabled}
        aria-describedby={about === undefined ? undefined : id}
        onChange={onPick}
      />
      <span>
        {children}
        {about !== undefined && <small id={id}>{about}</small>}
      </span>
    </label>
  );
}
