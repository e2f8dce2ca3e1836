/** The value of Sec-WebSocket-Extensions, RFC 6455 §9.1. */

export interface Extension {
  readonly name: string;
  /** In order, duplicates kept. Without a value: undefined. */
  readonly parameters: readonly (readonly [name: string, value: string | undefined])[];
}

const TOKEN = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
const OWS = '[ \\t]*';
const PARAMETER = new RegExp(`${OWS};${OWS}(${TOKEN})(?:${OWS}=${OWS}(${TOKEN}|${QUOTED}))?`, 'y');
const NAME = new RegExp(`${OWS}(${TOKEN})`, 'y');
const END = new RegExp(`${OWS}(,|$)`, 'y');
const EMPTY = new RegExp(`${OWS},`, 'y');
const WHOLE_TOKEN = new RegExp(`^${TOKEN}$`);

/**
 * The extensions in order of preference; none when the field is absent. Undefined when the value does not follow
 * the grammar, and the handshake must fail:
 *
 *     extension       = extension-token *( ";" extension-param )
 *     extension-param = token [ "=" (token | quoted-string) ]
 *
 * where the unescaped content of a quoted-string is a token.
 */
export function parseExtensions(value: string | undefined): Extension[] | undefined {
  const extensions: Extension[] = [];
  if (value === undefined) return extensions;
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(value);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < value.length) {
    // RFC 9110 §5.6.1.2: empty elements of a list are skipped.
    if (next(EMPTY)) continue;
    const name = next(NAME)?.[1];
    if (name === undefined) return undefined;
    const parameters: [string, string | undefined][] = [];
    for (let match = next(PARAMETER); match; match = next(PARAMETER)) {
      const argument = unquoted(match[2]);
      if (argument !== undefined && !WHOLE_TOKEN.test(argument)) return undefined;
      parameters.push([match[1]!, argument]);
    }
    if (!next(END)) return undefined;
    extensions.push({ name, parameters });
  }
  // RFC 9110 §5.6.1.2 again: at least one element must be left.
  return extensions.length === 0 ? undefined : extensions;
}

function unquoted(argument: string | undefined): string | undefined {
  return argument?.startsWith('"') ? argument.slice(1, -1).replace(/\\(.)/g, '$1') : argument;
}
