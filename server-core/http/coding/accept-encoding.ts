/** Accept-Encoding, RFC 9110 §12.5.3: how much a client wants each coding. */
import type { Coding } from './content-coding.ts';

/** Weights from 0, which refuses, to 1. */
export interface AcceptedCodings {
  readonly codings: Readonly<Record<Coding, number>>;
  /** Of content as it is. Below every weight that can be written when the client did not name it. */
  readonly identity: number;
  /** The weights as they were read, for the decision trace: `gzip 1, br 0.8`. */
  readonly said: string;
}

/** The least weight that can be written is 0.001 (§12.4.2). */
const UNNAMED = 0.0005;

const MEMBER =
  /^[\t ]*([!#$%&'*+\-.^_`|~\dA-Za-z]+)(?:[\t ]*;[\t ]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?[\t ]*$/i;

/** Without the field anything may be sent, but a client that does not say what it can decode gets no coding. */
const NOTHING_SAID: AcceptedCodings = {
  codings: { br: 0, gzip: 0, zstd: 0 },
  identity: UNNAMED,
  said: '',
};

/** Browsers send the same few values for ever; this many more are remembered before all are forgotten. */
const REMEMBERED = 64;
const LONGEST_REMEMBERED = 200;
const remembered = new Map<string, AcceptedCodings>();
/** Told by comparing, which takes less than hashing a text that was just decoded. */
let latest: { readonly value: string; readonly accepted: AcceptedCodings } = {
  value: '',
  accepted: parse(''),
};

/** `value` is the whole field, several lines joined; undefined when absent. A member that cannot be read counts as absent. */
export function acceptedCodings(value: string | undefined): AcceptedCodings {
  if (value === undefined) return NOTHING_SAID;
  if (value === latest.value) return latest.accepted;
  if (value.length > LONGEST_REMEMBERED) return parse(value);
  let accepted = remembered.get(value);
  if (accepted === undefined) {
    accepted = parse(value);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(value, accepted);
  }
  latest = { value, accepted };
  return accepted;
}

function parse(value: string): AcceptedCodings {
  const weights = new Map<string, number>();
  for (const member of value.split(',')) {
    const match = MEMBER.exec(member);
    if (!match) continue;
    const name = match[1]!.toLowerCase();
    // §8.4.1.3: x-gzip is the same as gzip. The first of two weights counts.
    const coding = name === 'x-gzip' ? 'gzip' : name;
    if (!weights.has(coding)) weights.set(coding, match[2] === undefined ? 1 : Number(match[2]));
  }
  const rest = weights.get('*');
  const of = (coding: string) => weights.get(coding) ?? rest ?? 0;
  return {
    codings: { br: of('br'), gzip: of('gzip'), zstd: of('zstd') },
    // Content as it is stays acceptable unless it is excluded, by name or by `*;q=0`.
    identity: weights.get('identity') ?? rest ?? UNNAMED,
    said: [...weights].map(([coding, weight]) => `${coding} ${weight}`).join(', '),
  };
}
