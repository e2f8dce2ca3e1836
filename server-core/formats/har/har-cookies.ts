/** Cookies as a HAR lists them. RFC 6265 §4. */
import type { Pairs } from '../export/content.ts';
import { BLANK } from '../export/secret-fields.ts';

export interface HarCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
}

/** Of a Cookie field. */
export function sentCookies(fields: Pairs): HarCookie[] {
  return valuesOf(fields, 'cookie').flatMap((value) => value.split(';').map(pairOf));
}

/** Of Set-Cookie fields. */
export function setCookies(fields: Pairs): HarCookie[] {
  return valuesOf(fields, 'set-cookie').map((value) => {
    const [pair = '', ...attributes] = value.split(';');
    const of = (name: string) =>
      attributes.map(pairOf).find((each) => each.name.toLowerCase() === name)?.value;
    const expires = Date.parse(of('expires') ?? '');
    const path = of('path');
    const domain = of('domain');
    return {
      ...pairOf(pair),
      ...(path !== undefined && { path }),
      ...(domain !== undefined && { domain }),
      ...(Number.isFinite(expires) && { expires: new Date(expires).toISOString() }),
      httpOnly: of('httponly') !== undefined,
      secure: of('secure') !== undefined,
    };
  });
}

function pairOf(text: string): HarCookie {
  const at = text.indexOf('=');
  if (at < 0) return { name: text.trim(), value: '' };
  return { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

/** Those that were removed are no cookies any more. */
function valuesOf(fields: Pairs, name: string): string[] {
  const blank = String.fromCharCode(BLANK);
  return fields
    .filter(([each, value]) => each.toLowerCase() === name && value.replaceAll(blank, '') !== '')
    .map(([, value]) => value);
}
