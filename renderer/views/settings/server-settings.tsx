/** What is switched for one server. It goes on meanwhile, and what was captured of it stays. */
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { desktop } from '../host.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { Dialog } from '../shell/dialog.tsx';
import { saveText } from '../shell/save-file.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { configText, settingsFrom } from './config-file.ts';
import './server-settings.css';
import { SettingsForm } from './settings-form.tsx';

interface Props {
  readonly server: ServerView;
  onClose(): void;
}

/** The name under which the command's notes show such a file. */
const CONFIG_NAME = 'wirescope.json';

interface Loaded {
  readonly settings: ServerSettings;
  readonly reach: readonly string[];
  readonly onlyGiven: readonly string[];
}

export function ServerSettingsDialog({ server, onClose }: Props) {
  const store = useStore();
  const toast = useToast();
  const file = useRef<HTMLInputElement>(null);
  const [inForce, setInForce] = useState<Loaded>();
  const [draft, setDraft] = useState<ServerSettings>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const loaded = await store.settings(server.id);
    setInForce(loaded);
    setDraft(loaded.settings);
  }, [store, server.id]);
  useEffect(() => {
    load().catch((error: unknown) => setProblem(sentenceOf(error)));
  }, [load]);

  const apply = async (event: FormEvent) => {
    event.preventDefault();
    if (!draft) return;
    setBusy(true);
    try {
      const notes = await store.configure(server.id, draft);
      await load();
      setProblem(undefined);
      for (const text of notes) toast({ text });
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };
  const read = async (chosen: File | undefined) => {
    if (!chosen || !draft) return;
    const found = settingsFrom(await chosen.text(), draft);
    if (typeof found === 'string') setProblem(found);
    else {
      setProblem(undefined);
      setDraft(found);
    }
  };
  const changed = JSON.stringify(draft) !== JSON.stringify(inForce?.settings);
  return (
    <Dialog label={`Settings of ${server.name}`} onClose={onClose}>
      <form className="server-settings" onSubmit={(event) => void apply(event)}>
        <header>
          <h2>{server.name}</h2>
          <p className="settings-root mono clip" title={server.root}>
            {server.root}
          </p>
        </header>
        <div className="settings-body">
          {draft && inForce && (
            <SettingsForm
              server={server}
              inForce={inForce.settings}
              reach={inForce.reach}
              draft={draft}
              onChange={setDraft}
            />
          )}
        </div>
        <footer>
          <p
            className={problem === undefined ? 'kept' : 'kept s5'}
            role={problem === undefined ? undefined : 'alert'}
          >
            {problem ?? keptSentence(changed, inForce?.onlyGiven ?? [])}
          </p>
          <div className="actions">
            <input
              ref={file}
              type="file"
              accept="application/json,.json"
              hidden
              onChange={({ currentTarget }) => {
                void read(currentTarget.files?.[0]);
                currentTarget.value = '';
              }}
            />
            <button type="button" className="btn" disabled={!draft} onClick={() => file.current?.click()}>
              Import…
            </button>
            <button
              type="button"
              className="btn"
              disabled={!draft}
              onClick={() =>
                draft && saveText(CONFIG_NAME, 'application/json', configText(draft, server.root))
              }
            >
              Export…
            </button>
            <i className="grow" />
            <button type="button" className="btn line" onClick={onClose}>
              Close
            </button>
            <button type="submit" className="btn ink" disabled={busy || !changed}>
              Apply
            </button>
          </div>
        </footer>
      </form>
    </Dialog>
  );
}

function keptSentence(changed: boolean, onlyGiven: readonly string[]): string {
  if (changed) return 'The server goes on by these settings when you apply them; its rows stay.';
  const kept = desktop
    ? 'Remembered for the next start'
    : 'Kept until the command ends. Exported, they are a file for wirescope --config';
  if (onlyGiven.length === 0) return `${kept}.`;
  return `${kept}, but for its ${onlyGiven.join(' and ')}, given on the command line.`;
}
