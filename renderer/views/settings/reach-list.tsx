/** Where other devices find a server, as text and as a picture, and whether one has. */
import { Check } from 'lucide-react';
import { useState } from 'react';
import { AddressList } from '../shell/address-list.tsx';
import { ICON } from '../shell/icons.tsx';
import { otherDevice } from './other-device.ts';
import { QrCode } from './qr-code.tsx';

interface Props {
  readonly urls: readonly string[];
  /** Addresses that connected. */
  readonly visitors: readonly string[];
}

export function ReachList({ urls, visitors }: Props) {
  const [chosen, setChosen] = useState(urls[0]);
  const shown = chosen !== undefined && urls.includes(chosen) ? chosen : urls[0];
  const device = otherDevice(urls, visitors);
  if (shown === undefined) return <p className="reach-none">This computer is on no network now.</p>;
  return (
    <div className="reach-list">
      <div className="reach-side">
        <AddressList label="Addresses for other devices" urls={urls} shown={shown} onShow={setChosen} />
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
