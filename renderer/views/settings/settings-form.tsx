/** The settings themselves, in groups: where it is reached, what it answers, how it shares out connections. */
import { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { ANSWERS, CACHES, type Choice, HTTPS, LAN, LIMITS, SECONDS, TEXTS } from './choices.ts';
import { Explained } from './explained.tsx';
import { NumberRow, TextRow } from './field-rows.tsx';
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
  const isProxy = server.tags?.includes('PROXY') ?? false;
  /** Its page tells of no changes, and talks to one process alone. */
  const isLent = server.tags?.includes('LENT') ?? false;
  const row = (choice: Choice) => (
    <SwitchRow
      key={choice.name}
      choice={choice}
      on={draft[choice.name]}
      onChange={(on) => onChange({ ...draft, [choice.name]: on })}
    />
  );
  const fits = ({ ofFolders }: { readonly ofFolders?: true }) => !(ofFolders && isProxy);
  return (
    <>
      <fieldset>
        <legend>Address</legend>
        <NumberRow
          name="port"
          label="Port"
          sentence="The next free one where it is taken; 0 is any."
          explained="port"
          draft={draft}
          onChange={onChange}
        />
        {row(HTTPS)}
        {row(LAN)}
        {draft.lan && inForce.lan && <ReachList urls={reach} visitors={server.visitors} />}
      </fieldset>
      <fieldset>
        <legend>Answers</legend>
        {ANSWERS.filter((choice) => fits(choice) && !(isLent && choice.name === 'live')).map(row)}
        {!isProxy && <CacheRow value={draft.cache} onChange={(cache) => onChange({ ...draft, cache })} />}
        {TEXTS.filter(fits).map(({ ofFolders, ...text }) => (
          <TextRow key={text.name} {...text} draft={draft} onChange={onChange} />
        ))}
      </fieldset>
      <fieldset>
        <legend>Connections</legend>
        {!isLent && <ModelRow value={draft.model} onChange={(model) => onChange({ ...draft, model })} />}
        {LIMITS.filter(({ name }) => !(isLent && name === 'workers')).map((limit) => (
          <NumberRow key={limit.name} {...limit} draft={draft} onChange={onChange} />
        ))}
        <div className="setting">
          <Explained name="limits" label="Deadlines" />
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
      <Explained name="cache" label="Cache" />
    </div>
  );
}

function ModelRow({ value, onChange }: { readonly value: ModelName; onChange(value: ModelName): void }) {
  return (
    <div className="setting">
      <span className="setting-name wide">Model</span>
      <p className="setting-control">
        <select
          aria-label="Model"
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value as ModelName)}
        >
          {MODEL_NAMES.map((model) => (
            <option key={model}>{model}</option>
          ))}
        </select>
        <span>{MODEL_SENTENCES[value]}.</span>
      </p>
      <Explained name="model" label="Model" />
    </div>
  );
}
