/** The fields of one part of a form. RFC 7578 §4. */
import type { MultipartFaultCode } from './multipart-faults.ts';

export interface PartHead {
  /** The form field's name, UTF-8. */
  readonly name: string;
  /**
   * As the client says it, for people to read: it may hold slashes, `..` and line breaks, and is never a path to
   * write to. Undefined for a field that is no file; '' for a file input that was left empty.
   */
  readonly filename: string | undefined;
  /** Of the part, as received; undefined means text/plain (RFC 7578 §4.4). */
  readonly contentType: string | undefined;
}

const FIELD = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+):[ \t]*(.*?)[ \t]*$/;
const DISPOSITION = /^form-data(?=[ \t]*(?:;|$))/i;
const PARAMETER =
  /[ \t]*;[ \t]*([!#$%&'*+\-.^_`|~\dA-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s";]+))/y;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the lines of a part's head, without the empty line that ends it. */
export function parsePartHead(bytes: Uint8Array): PartHead | MultipartFaultCode {
  let text: string;
  try {
    text = UTF_8.decode(bytes);
  } catch {
    return 'head-invalid';
  }
  let disposition: string | undefined;
  let contentType: string | undefined;
  for (const line of text.split('\r\n')) {
    const match = FIELD.exec(line);
    // A line that is folded or has a control byte is one that two readers would read as two different things.
    if (!match || CONTROL.test(line)) return 'head-invalid';
    const [, name = '', value = ''] = match;
    switch (name.toLowerCase()) {
      case 'content-disposition':
        if (disposition !== undefined) return 'disposition-missing';
        disposition = value;
        break;
      case 'content-type':
        contentType ??= value;
        break;
      case 'content-transfer-encoding':
        if (!/^(?:7bit|8bit|binary)$/i.test(value)) return 'encoding-refused';
        break;
    }
  }
  const parameters = disposition === undefined ? undefined : parseDisposition(disposition);
  const name = parameters?.get('name');
  if (!parameters || name === undefined) return 'disposition-missing';
  return { name, filename: parameters.get('filename'), contentType };
}

const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/** Undefined when it is not form-data, or says a parameter twice. `filename*` is ignored: RFC 7578 §4.2. */
function parseDisposition(value: string): Map<string, string> | undefined {
  const start = DISPOSITION.exec(value);
  if (!start) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = start[0].length;
  while (PARAMETER.lastIndex < value.length) {
    const match = PARAMETER.exec(value);
    if (!match) return undefined;
    const name = match[1]!.toLowerCase();
    if (parameters.has(name)) return undefined;
    parameters.set(name, match[3] ?? unescaped(match[2]!));
  }
  return parameters;
}

/**
 * curl escapes quotes with a backslash, browsers with a percent sign (WHATWG HTML §4.10.21.8). Any other
 * backslash is kept: it is a separator in the names that old browsers of Windows send.
 */
function unescaped(quoted: string): string {
  return quoted
    .replace(/\\(["\\])/g, '$1')
    .replace(/%(0A|0D|22)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
