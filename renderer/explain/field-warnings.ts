/** What is wrong with one field's value by itself. */
import { parametersOf, splitOutsideQuotes, TOKEN } from './field-values.ts';
import { httpDate } from './http-date.ts';

export type Found = readonly [level: 'bad' | 'odd', sentence: string, section: string];

/** @param name in lower case */
export function fieldWarnings(name: string, value: string): readonly Found[] {
  const found = Object.hasOwn(CHECKS, name) ? CHECKS[name]!(value) : [];
  if (value === '' && !MAY_BE_EMPTY.has(name))
    return [...found, ['odd', 'The value is empty', 'RFC 9110 §5.5']];
  // obs-text: one char a byte, so anything above ASCII is a byte above 0x7f.
  if (/[\u0080-\u00ff]/.test(value)) {
    return [
      ...found,
      ['odd', 'The value has bytes above ASCII: each reader guesses their charset', 'RFC 9110 §5.5'],
    ];
  }
  return found;
}

const MAY_BE_EMPTY = new Set([
  'host',
  'accept',
  'accept-encoding',
  'te',
  'allow',
  'connection',
  'sec-websocket-extensions',
  'content-security-policy',
]);

const date =
  (section: string) =>
  (value: string): Found[] => {
    const parsed = httpDate(value);
    if (parsed === undefined) return [['bad', 'Not a date as HTTP writes them, so it is ignored', section]];
    return parsed.obsolete
      ? [['odd', 'A form of date that nobody should send any more', 'RFC 9110 §5.6.7']]
      : [];
  };

/** `gzip;q=0.8`: the weight has at most three digits and is not above 1. */
function weights(value: string): Found[] {
  for (const member of splitOutsideQuotes(value, ',')) {
    for (const part of splitOutsideQuotes(member, ';').slice(1)) {
      const [name = '', weight] = part.split('=').map((each) => each.trim());
      const meant = /^q\b/i.test(name);
      if (!meant) continue;
      if (name.toLowerCase() === 'q' && /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight ?? '')) continue;
      return [
        [
          'bad',
          `"${part}" is not a weight: those are written q=0 to q=1 with three digits at most`,
          'RFC 9110 §12.4.2',
        ],
      ];
    }
  }
  return [];
}

const CODINGS = new Set([
  'gzip',
  'x-gzip',
  'deflate',
  'compress',
  'x-compress',
  'br',
  'zstd',
  'dcb',
  'dcz',
  'aes128gcm',
  'exi',
]);

function contentEncoding(value: string): Found[] {
  return splitOutsideQuotes(value, ',').flatMap((coding): Found[] => {
    if (coding.toLowerCase() === 'identity')
      return [['odd', 'identity should not be sent: it says that nothing was done', 'RFC 9110 §8.4']];
    if (CODINGS.has(coding.toLowerCase())) return [];
    return [['bad', `"${coding}" is no registered coding, so clients cannot undo it`, 'RFC 9110 §8.4.1']];
  });
}

const DIRECTIVES = new Set(
  `max-age s-maxage no-cache no-store no-transform must-revalidate proxy-revalidate must-understand private public
   immutable stale-while-revalidate stale-if-error min-fresh max-stale only-if-cached`.split(/\s+/),
);
const SECONDS = new Set(['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error', 'min-fresh']);

function cacheControl(value: string): Found[] {
  const found: Found[] = [];
  const directives = parametersOf(splitOutsideQuotes(value, ','));
  const names = new Set(directives.map(([name]) => name));
  for (const [name, argument] of directives) {
    if (SECONDS.has(name) && !/^\d+$/.test(argument)) {
      found.push(['bad', `${name} needs a number of seconds after =`, 'RFC 9111 §1.2.2']);
    } else if (!DIRECTIVES.has(name)) {
      found.push(['odd', `"${name}" is no directive that caches know, so it is ignored`, 'RFC 9111 §5.2.3']);
    }
  }
  const duplicate = directives.find(([name], i) => directives.findIndex(([other]) => other === name) < i);
  if (duplicate) found.push(['odd', `${duplicate[0]} stands twice`, 'RFC 9111 §4.2.1']);
  // Beside must-understand the others are meant for caches that do, RFC 9111 §5.2.2.3.
  const alone = names.has('no-store') && !names.has('must-understand');
  if (alone && (names.has('max-age') || names.has('public')))
    found.push(['odd', 'no-store makes the other directives pointless', 'RFC 9111 §5.2.2.5']);
  if (names.has('public') && names.has('private'))
    found.push(['bad', 'public and private contradict each other', 'RFC 9111 §5.2.2']);
  return found;
}

function contentType(value: string): Found[] {
  const section = 'RFC 9110 §8.3.1';
  const [type = '', ...parameters] = splitOutsideQuotes(value, ';');
  const halves = type.split('/');
  if (halves.length !== 2 || !halves.every((half) => TOKEN.test(half))) {
    return [['bad', 'Not a media type, which is written type/subtype', section]];
  }
  const charset = parametersOf(parameters).find(([name]) => name === 'charset')?.[1];
  if (charset !== undefined && /^utf_?8$/i.test(charset)) {
    return [['odd', `The charset is spelt utf-8, not ${charset}`, 'RFC 9110 §8.3.2']];
  }
  if (charset === undefined && /^text\/(?:html|plain|css|javascript)$/i.test(type)) {
    return [['odd', 'No charset is named, so clients guess it', 'RFC 9110 §8.3.2']];
  }
  return [];
}

function etag(value: string): Found[] {
  if (/^(?:W\/)?"[!#-~\u0080-\u00ff]*"$/.test(value)) return [];
  return [['bad', 'An entity tag stands in quotes, with W/ before them when it is weak', 'RFC 9110 §8.8.3']];
}

const obsolete = (sentence: string, section: string) => (): Found[] => [['odd', sentence, section]];

const CHECKS: Readonly<Record<string, (value: string) => Found[]>> = {
  date: date('RFC 9110 §6.6.1'),
  'last-modified': date('RFC 9110 §8.8.2'),
  'if-modified-since': date('RFC 9110 §13.1.3'),
  'if-unmodified-since': date('RFC 9110 §13.1.4'),
  expires: (value) =>
    httpDate(value) ? [] : [['odd', 'Not a date: caches take it as already past', 'RFC 9111 §5.3']],
  'retry-after': (value) => (/^\d+$/.test(value) ? [] : date('RFC 9110 §10.2.3')(value)),
  age: (value) => (/^\d+$/.test(value) ? [] : [['bad', 'Age is a number of seconds', 'RFC 9111 §5.1']]),
  'content-length': (value) =>
    /^\d+$/.test(value) ? [] : [['bad', 'Content-Length is one decimal number', 'RFC 9110 §8.6']],
  accept: weights,
  'accept-encoding': weights,
  'accept-language': weights,
  te: weights,
  'content-encoding': contentEncoding,
  'cache-control': cacheControl,
  'content-type': contentType,
  etag,
  'access-control-allow-origin': (value) =>
    /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/[^\s,/]+)$/i.test(value)
      ? []
      : [['bad', 'It is one origin, or *; a list or a path is refused by browsers', 'Fetch §3.3.3']],
  'accept-charset': obsolete('Obsolete: servers ignore it', 'RFC 9110 §12.5.2'),
  pragma: obsolete('Only caches from before Cache-Control read it', 'RFC 9111 §5.4'),
  'proxy-connection': obsolete('No standard knows it; it was meant to be Connection', 'RFC 9112 §C.2.2'),
  'x-xss-protection': obsolete('No browser reads it any more', 'CSP §1'),
  p3p: obsolete('No browser reads it any more', 'P3P 1.0'),
  'public-key-pins': obsolete('No browser reads it any more', 'RFC 7469'),
};
