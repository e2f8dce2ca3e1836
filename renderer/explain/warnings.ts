/** What is wrong or surprising about a head, beyond what stops a parser: one sentence each, with its clause. */
import { faultInfo } from '../../server-core/wire/faults.ts';
import type { FieldView, MessageView } from '../store/queries/detail.ts';
import { setCookie } from './cookies.ts';
import { splitOutsideQuotes } from './field-values.ts';
import { fieldWarnings } from './field-warnings.ts';
import { httpDate } from './http-date.ts';

export interface Warning {
  /** `bad` breaks a rule; `odd` is allowed, and probably not what was meant. */
  readonly level: 'bad' | 'odd';
  /** Start of the field that it is about; undefined for the message as a whole. */
  readonly field: number | undefined;
  readonly sentence: string;
  readonly section: string;
}

export interface WarningContext {
  /** Of the request; '' while unknown. */
  readonly method: string;
  readonly secure: boolean;
}

/** Fields of which a second line contradicts the first: not lists, by their definitions. */
const SINGLETONS = new Set(
  `age authorization content-length content-location content-range content-type date etag expires from host
   if-modified-since if-range if-unmodified-since last-modified location max-forwards
   proxy-authorization range referer retry-after server user-agent`.split(/\s+/),
);

export function warningsOf(message: MessageView, context: WarningContext): Warning[] {
  const fields = message.fields.filter((field) => !field.trailer);
  const warnings: Warning[] = [];
  if (message.fault) {
    const { sentence, section } = faultInfo(message.fault.code);
    const { at } = message.fault;
    const field = message.fields.find(({ start, end }) => at >= start && at < end)?.start;
    warnings.push({ level: 'bad', field, sentence, section });
  }
  warnings.push(...repeated(fields), ...framing(fields));
  for (const field of fields) {
    for (const [level, sentence, section] of fieldWarnings(field.name.toLowerCase(), field.value)) {
      warnings.push({ level, field: field.start, sentence, section });
    }
  }
  if (message.direction === 'out') warnings.push(...ofResponse(message, fields, context));
  return warnings;
}

function repeated(fields: readonly FieldView[]): Warning[] {
  const seen = new Set<string>();
  return fields.flatMap(({ name, start }): Warning[] => {
    const key = name.toLowerCase();
    if (!SINGLETONS.has(key) || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    const sentence = `${name} may stand only once: receivers may take the first, the last, or neither`;
    return [{ level: 'bad', field: start, sentence, section: 'RFC 9110 §5.3' }];
  });
}

function framing(fields: readonly FieldView[]): Warning[] {
  const length = fields.find(({ name }) => name.toLowerCase() === 'content-length');
  const coding = fields.some(({ name }) => name.toLowerCase() === 'transfer-encoding');
  if (!length || !coding) return [];
  const sentence =
    'Content-Length beside Transfer-Encoding: two readers may see two ends, which is how requests are smuggled';
  return [{ level: 'bad', field: length.start, sentence, section: 'RFC 9112 §6.3' }];
}

/** What a status needs beside it. */
const NEEDED: Readonly<Record<string, readonly [name: string, section: string]>> = {
  '101': ['Upgrade', 'RFC 9110 §15.2.2'],
  '206': ['Content-Range', 'RFC 9110 §15.3.7'],
  '301': ['Location', 'RFC 9110 §15.4.2'],
  '302': ['Location', 'RFC 9110 §15.4.3'],
  '303': ['Location', 'RFC 9110 §15.4.4'],
  '307': ['Location', 'RFC 9110 §15.4.8'],
  '308': ['Location', 'RFC 9110 §15.4.9'],
  '401': ['WWW-Authenticate', 'RFC 9110 §15.5.2'],
  '405': ['Allow', 'RFC 9110 §15.5.6'],
  '407': ['Proxy-Authenticate', 'RFC 9110 §15.5.8'],
  '426': ['Upgrade', 'RFC 9110 §15.5.22'],
};

function ofResponse(message: MessageView, fields: readonly FieldView[], context: WarningContext): Warning[] {
  const status = message.startLine[1] ?? '';
  if (status === '' || fields.length === 0) return [];
  const find = (name: string) => fields.find((field) => field.name.toLowerCase() === name);
  const warnings: Warning[] = [];
  const say = (level: Warning['level'], sentence: string, section: string, field?: FieldView) => {
    warnings.push({ level, sentence, section, field: field?.start });
  };
  const needed = NEEDED[status];
  const parts = /^multipart\/byteranges/i.test(find('content-type')?.value ?? '');
  if (needed && !find(needed[0].toLowerCase()) && !(status === '206' && parts)) {
    say('bad', `A ${status} answer needs ${needed[0]}`, needed[1]);
  }
  const length = find('content-length');
  if (length && (status.startsWith('1') || status === '204')) {
    say(
      'bad',
      `A ${status} answer has no content, so it must not have Content-Length`,
      'RFC 9110 §8.6',
      length,
    );
  }
  if (!find('date') && /^[234]/.test(status)) {
    say('odd', 'There is no Date, so caches cannot tell how old the answer is', 'RFC 9110 §6.6.1');
  }
  const hasContent = message.length > message.headLength && status !== '101';
  if (hasContent && !find('content-type')) {
    say('odd', 'There is content but no Content-Type, so clients guess what it is', 'RFC 9110 §8.3');
  }
  const [date, modified] = [find('date'), find('last-modified')].map((f) => f && httpDate(f.value)?.ms);
  if (date !== undefined && modified !== undefined && modified > date) {
    say('bad', 'Last-Modified lies after Date, in the future', 'RFC 9110 §8.8.2.1', find('last-modified'));
  }
  const origin = find('access-control-allow-origin');
  if (origin?.value === '*' && find('access-control-allow-credentials')?.value === 'true') {
    say('bad', 'With credentials the origin must be named: browsers refuse *', 'Fetch §3.3.5', origin);
  }
  for (const field of fields) {
    if (field.name.toLowerCase() !== 'set-cookie') continue;
    for (const [level, sentence, section] of setCookie(field.value, context.secure).problems) {
      say(level, sentence, section, field);
    }
  }
  const vary = splitOutsideQuotes(find('vary')?.value ?? '', ',');
  if (find('content-encoding') && !vary.some((name) => /^(?:accept-encoding|\*)$/i.test(name))) {
    const sentence =
      'Coded, but Vary does not name Accept-Encoding: a cache may give it to clients that cannot undo it';
    say('odd', sentence, 'RFC 9110 §12.5.5', find('content-encoding'));
  }
  return warnings;
}
