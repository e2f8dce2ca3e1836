/** Addresses to choose from, whose QR code stands beside them, and to copy. */
import { Check, Copy } from 'lucide-react';
import './address-list.css';
import { ICON } from './icons.tsx';
import { useCopied } from './use-copied.ts';

interface Props {
  readonly label: string;
  readonly urls: readonly string[];
  readonly shown: string;
  /** How it reads; copied is all of it. */
  nameOf?(url: string): string;
  /** What is copied with it. */
  readonly copies?: string;
  onShow(url: string): void;
}

export function AddressList({ label, urls, shown, nameOf = (url) => url, copies = '', onShow }: Props) {
  const { copied, copy } = useCopied();
  return (
    <ul className="address-list" aria-label={label}>
      {urls.map((url) => {
        const copyWords = `Copy ${nameOf(url)} ${copies}`.trimEnd();
        return (
          <li key={url}>
            <button
              type="button"
              className={url === shown ? 'mono clip on' : 'mono clip'}
              aria-pressed={url === shown}
              title="Show its QR code"
              onClick={() => onShow(url)}
            >
              {nameOf(url)}
            </button>
            <button
              type="button"
              className="btn small square"
              title={copyWords}
              onClick={() => void copy(url)}
            >
              {copied === url ? <Check {...ICON} size={14} /> : <Copy {...ICON} size={14} />}
              <span className="spoken">{copyWords}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
