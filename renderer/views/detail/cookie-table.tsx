/** Cookies taken apart, with what each attribute makes browsers do. */

import { cookiePairs, setCookie } from '../../explain/cookies.ts';
import { wireText } from '../../explain/wire-text.ts';

export function CookieTable({ value }: { readonly value: string }) {
  const pairs = cookiePairs(value);
  return (
    <dl className="cookie">
      {pairs.map((pair, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand twice, and pairs do not move.
        <div key={i}>
          <dt className="mono">{wireText(pair.name) || '(no name)'}</dt>
          <dd className="mono selectable">{wireText(pair.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function SetCookieTable({ value, secure }: { readonly value: string; readonly secure: boolean }) {
  const cookie = setCookie(value, secure);
  return (
    <dl className="cookie">
      <div>
        <dt className="mono">{wireText(cookie.name) || '(no name)'}</dt>
        <dd className="mono selectable">{wireText(cookie.value)}</dd>
      </div>
      {cookie.attributes.map((attribute, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an attribute may stand twice, and they do not move.
        <div key={i}>
          <dt className="mono">
            {wireText(attribute.name)}
            {attribute.value !== '' && `=${wireText(attribute.value)}`}
          </dt>
          <dd>{attribute.meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
