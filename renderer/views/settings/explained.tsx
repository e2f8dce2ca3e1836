/** The paragraph behind a setting, and one request to a server without it and with it; folded until it is wanted. */
import { ChevronRight } from 'lucide-react';
import { ICON } from '../shell/icons.tsx';
import './explained.css';
import { type ExplainedName, explanationOf, HOST, type WireChange } from './explanations.ts';

export function Explained({ name, label }: { readonly name: ExplainedName; readonly label: string }) {
  const { paragraph, wire } = explanationOf(name);
  return (
    <details className="explained">
      <summary>
        <ChevronRight {...ICON} size={12} />
        {wire ? 'More, and what changes on the wire' : 'More'}
        <span className="spoken">: {label}</span>
      </summary>
      <p>{paragraph}</p>
      {wire && <Wire change={wire} />}
    </details>
  );
}

function Wire({ change: { request, change, before, after } }: { readonly change: WireChange }) {
  const [first, second] = LABELS[String(Object.values(change)[0])] ?? ['Before', 'After'];
  return (
    <dl className="wire-change">
      <dt>The request</dt>
      <dd className="mono dir-in">{lines(request)}</dd>
      <dt>{first}</dt>
      <dd className="mono dir-out">{lines(before)}</dd>
      <dt>{second}</dt>
      <dd className="mono dir-out">{lines(after)}</dd>
    </dl>
  );
}

/** What is switched, the first answer is without; what is on by itself, the first answer is with. */
const LABELS: Readonly<Record<string, readonly [string, string]>> = {
  true: ['Without it', 'With it'],
  false: ['With it', 'Without it'],
};

function lines(texts: readonly string[]) {
  return texts.map((text) => <span key={text}>{text.replace(HOST, 'localhost:8080')}</span>);
}
