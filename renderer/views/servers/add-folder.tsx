/** The way in for hosts that cannot look at a dropped folder's path: type it. Paths are the host machine's. */
import { FolderOpen } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { pickFolder } from '../../lend/picked-folder.ts';
import { Dialog } from '../shell/dialog.tsx';
import { ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import './add-folder.css';
import { servesLan } from './reach.ts';
import { useLend } from './use-lend.ts';
import { sentenceOf, useServe } from './use-serve.ts';

interface Props {
  /** Name of what was dropped, when that is why the card opened. */
  readonly dropped: string | undefined;
  onClose(): void;
}

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

export function AddFolder({ dropped, onClose }: Props) {
  const { hello } = useStoreState('hello');
  const serve = useServe();
  const lend = useLend();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const path = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const text = path.current?.value.trim() ?? '';
    if (text === '') {
      setProblem('Type the path of a folder, a file or a capture');
      return;
    }
    setBusy(true);
    const failure = await serve(text);
    setBusy(false);
    setProblem(failure);
    if (failure === undefined) onClose();
  };
  const choose = async (pick: NonNullable<typeof pickFolder>) => {
    try {
      const folder = await pick();
      if (!folder) return;
      const failure = await lend(folder);
      setProblem(failure);
      if (failure === undefined) onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <Dialog label="Add a folder" onClose={onClose}>
      <form className="add-folder" onSubmit={(event) => void submit(event)}>
        <h2>Add a folder</h2>
        {dropped !== undefined && (
          <p className="why">
            A browser does not tell a page where <b>{dropped}</b> lies on the disk. Type or paste its path.
          </p>
        )}
        <label>
          <span>
            Path on the machine that serves{hello ? ` (${PLATFORMS[hello.platform] ?? hello.platform})` : ''}
          </span>
          {/* The card was opened to type this one thing. */}
          <input
            ref={path}
            className="mono"
            name="path"
            autoComplete="off"
            spellCheck={false}
            placeholder={hello?.platform === 'win32' ? 'C:\\sites\\photos' : '/home/me/photos'}
            aria-invalid={problem !== undefined}
          />
        </label>
        <p
          className={problem === undefined ? 'dim' : 's5'}
          role={problem === undefined ? undefined : 'alert'}
        >
          {problem ??
            (servesLan(hello) ? 'Other machines can reach it too.' : 'Served to this computer only.')}
        </p>
        <div className="actions">
          {pickFolder && (
            <button
              type="button"
              className="btn"
              title="Read through this page, and served for as long as it stays open"
              onClick={() => pickFolder && void choose(pickFolder)}
            >
              <FolderOpen {...ICON} size={14} />
              Choose one on this computer…
            </button>
          )}
          <i className="grow" />
          <button type="button" className="btn line" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn ink" disabled={busy}>
            Serve it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
