/** Switches sharing on and off, and shows where others find the window: text, and a code for their cameras. */
import { Eye, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { QrCode } from '../settings/qr-code.tsx';
import { AddressList } from '../shell/address-list.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './share.css';

export function ShareDialog({ onClose }: { onClose(): void }) {
  const store = useStore();
  const { hello } = useStoreState('hello');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const share = hello?.share;
  const turn = async (on: boolean) => {
    setBusy(true);
    setProblem(undefined);
    await store.share(on).catch((error: unknown) => setProblem(sentenceOf(error)));
    setBusy(false);
  };
  return (
    <Dialog label="Share this window" onClose={onClose}>
      <div className="share">
        <h2>Share this window</h2>
        <p>
          Others on your network see what you see captured, live, in a browser of their own. They choose what
          they look at; they cannot serve, send, change or stop anything.
        </p>
        {share ? (
          <Addresses urls={share.urls} />
        ) : (
          <p className="share-warning">
            <TriangleAlert {...ICON} size={14} />
            <span>
              Whoever has the address reads all captured traffic, cookies and passwords in it included. It
              goes over plain HTTP, for a network that you trust.
            </span>
          </p>
        )}
        {problem !== undefined && (
          <p className="s5" role="alert">
            {problem}
          </p>
        )}
        <footer className="actions">
          {share && (
            <span className="share-count" role="status">
              <Eye {...ICON} size={14} />
              {viewersInWords(share.viewers)},
              <span className="dim">at most {formatCount(share.mostViewers)} can</span>
            </span>
          )}
          <i className="grow" />
          <button type="button" className="btn line" onClick={onClose}>
            Close
          </button>
          <button type="button" className="btn ink" disabled={busy} onClick={() => void turn(!share)}>
            {share ? 'Stop sharing' : 'Share'}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}

function viewersInWords(viewers: number): string {
  if (viewers === 0) return 'Nobody looks on yet';
  return viewers === 1 ? '1 looks on' : `${formatCount(viewers)} look on`;
}

function Addresses({ urls }: { readonly urls: readonly string[] }) {
  const [chosen, setChosen] = useState<string>();
  const shown = urls.find((url) => url === chosen) ?? urls[0]!;
  return (
    <div className="share-at">
      <QrCode text={shown} />
      <div>
        <p>Point a camera at the code, or send one of these, copied with its token:</p>
        <AddressList
          label="Addresses of the shared window"
          urls={urls}
          shown={shown}
          nameOf={(url) => url.slice(0, url.indexOf('#'))}
          copies="with its token"
          onShow={setChosen}
        />
        <p className="dim">The token in the code lets them in. It is new each time you share.</p>
      </div>
    </div>
  );
}
