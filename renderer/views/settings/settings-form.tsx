/** The settings themselves, in three groups: where it is reached, what it answers, how it shares out connections. */
import { useId } from 'react';
import { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { ANSWERS, CACHES, type Choice, HTTPS, LAN, SECONDS } from './choices.ts';
import { ReachList } from './reach-list.tsx';
import { SwitchRow } from './switch-row.tsx';

interface Props {
  readonly server: ServerView;
  readonly inForce: ServerSettings;
  readonly reach: readonly string[];
  readonly draft: ServerSettings;
  onChange(draft: ServerSettings): void;
}

/** What stands in the field of seconds before anything was typed there. */
const AN_HOUR = '3600';

export function SettingsForm({ server, inForce, reach, draft, onChange }: Props) {
  const port = useId();
  const isProxy = server.tags?.includes('PROXY') ?? false;
  const row = (choice: Choice) => (
    <SwitchRow
      key={choice.name}
      choice={choice}
      on={draft[choice.name]}
      onChange={(on) => onChange({ ...draft, [choice.name]: on })}
    />
  );
  return (
    <>
      <fieldset>
        <legend>Address</legend>
        <div className="setting">
          <label className="setting-name wide" htmlFor={port}>
            Port
          </label>
          <p className="setting-control">
            <input
              id={port}
              className="mono"
              name="port"
              inputMode="numeric"
              autoComplete="off"
              value={Number.isNaN(draft.port) ? '' : draft.port}
              aria-invalid={!(draft.port <= 65_535)}
              onChange={({ currentTarget }) => onChange({ ...draft, port: portOf(currentTarget.value) })}
            />
            <span>The next free one where it is taken; 0 is any.</span>
          </p>
        </div>
        {row(HTTPS)}
        {row(LAN)}
        {draft.lan && inForce.lan && <ReachList urls={reach} visitors={server.visitors} />}
      </fieldset>
      <fieldset>
        <legend>Answers</legend>
        {ANSWERS.filter(({ ofFolders }) => !(ofFolders && isProxy)).map(row)}
        {!isProxy && <CacheRow value={draft.cache} onChange={(cache) => onChange({ ...draft, cache })} />}
      </fieldset>
      <fieldset>
        <legend>Connections</legend>
        <div className="setting">
          <span className="setting-name wide">Model</span>
          <p className="setting-control">
            <select
              aria-label="Model"
              value={draft.model}
              onChange={({ currentTarget }) =>
                onChange({ ...draft, model: currentTarget.value as ModelName })
              }
            >
              {MODEL_NAMES.map((model) => (
                <option key={model}>{model}</option>
              ))}
            </select>
            <span>{MODEL_SENTENCES[draft.model]}.</span>
          </p>
        </div>
      </fieldset>
    </>
  );
}

function CacheRow({ value, onChange }: { readonly value: string; onChange(value: string): void }) {
  const named = CACHES.find((cache) => cache.value === value);
  return (
    <div className="setting">
      <span className="setting-name wide">Cache</span>
      <p className="setting-control">
        <select
          aria-label="Cache"
          value={named ? value : 'seconds'}
          onChange={({ currentTarget: { value: next } }) => onChange(next === 'seconds' ? AN_HOUR : next)}
        >
          {CACHES.map((cache) => (
            <option key={cache.value} value={cache.value}>
              {cache.label}
            </option>
          ))}
          <option value="seconds">Seconds</option>
        </select>
        {!named && (
          <input
            className="mono"
            aria-label="Seconds"
            inputMode="numeric"
            autoComplete="off"
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value.trim())}
          />
        )}
        <span>{named?.sentence ?? SECONDS}</span>
      </p>
    </div>
  );
}

/** NaN for an empty field, which the host refuses with a sentence. */
function portOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}
