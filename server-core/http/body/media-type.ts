/** Content-Type taken apart. RFC 9110 §8.3.1. */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** By name in lower case; of equal names the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+";
const ESSENCE = new RegExp(`^[ \\t]*(${TOKEN}/${TOKEN})[ \\t]*`);
/** A semicolon may stand alone: RFC 9110 §5.6.6 has empty parameters skipped. */
const PARAMETER = new RegExp(
  `;[ \\t]*(?:(${TOKEN})=(?:(${TOKEN})|"((?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*)"))?[ \\t]*`,
  'y',
);

/** Undefined for what is no media type. */
export function parseMediaType(text: string): MediaType | undefined {
  const match = ESSENCE.exec(text);
  if (!match) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = match[0].length;
  while (PARAMETER.lastIndex < text.length) {
    const parameter = PARAMETER.exec(text);
    if (!parameter) return undefined;
    const [, name, token, quoted] = parameter;
    if (name === undefined) continue;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, token ?? quoted!.replace(/\\(.)/gs, '$1'));
  }
  return { essence: match[1]!.toLowerCase(), parameters };
}
