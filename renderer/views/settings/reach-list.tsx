/** Where other devices find a server, as text and as a picture, and whether one has. */
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { ICON } from '../shell/icons.tsx';
import { otherDevice } from './other-device.ts';
import { QrCode } from './qr-code.tsx';

interface Props {
  readonly urls: readonly string[];
  /** Addresses that connected. */
  readonly visitors: readonly string[];
}

const COPIED_MS = 1200;

export function ReachList({ urls, visitors }: Props) {
  const [chosen, setChosen] = useState(urls[0]);
  const [copied, setCopied] = useState<string>();
  const shown = chosen !== undefined && urls.includes(chosen) ? chosen : urls[0];
  const device = otherDevice(urls, visitors);
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    setCopied(url);
    setTimeout(() => setCopied(undefined), COPIED_MS);
  };
  if (shown === undefined) return <p className="reach-none">This computer is on no network now.</p>;
  return (
    <div className="reach-list">
      <div className="reach-side">
        <ul aria-label="Addresses for other devices">
          {urls.map((url) => (
            <li key={url}>
              <button
                type="button"
                className={url === shown ? 'reach-url mono clip on' : 'reach-url mono clip'}
                aria-pressed={url === shown}
                title="Show its QR code"
                onClick={() => setChosen(url)}
              >
                {url}
              </button>
              <button
                type="button"
                className="btn small square"
                title={`Copy ${url}`}
                onClick={() => void copy(url)}
              >
                {copied === url ? <Check {...ICON} size={14} /> : <Copy {...ICON} size={14} />}
                <span className="spoken">Copy {url}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className={device === undefined ? 'reached' : 'reached yes'} role="status">
          {device === undefined ? (
            'No other device has reached it yet. Point its camera at the code.'
          ) : (
            <>
              <Check {...ICON} size={14} />
              Reached from {device}
            </>
          )}
        </p>
      </div>
      <QrCode text={shown} />
    </div>
  );
}
