import type { SpanKind } from '../../../server-core/wire/span.ts';
import { GLOSSARY } from '../../explain/glossary/glossary.ts';

export interface Meaning {
  readonly name: string;
  readonly sentence: string;
  readonly section: string;
}

/** What a byte is by its kind, for bytes that are not in a field. */
export const TOKEN_MEANINGS = Object.fromEntries(
  GLOSSARY.filter(({ kind }) => kind === 'token').map(({ key, name, line, section }) => [
    key,
    { name, sentence: line, section },
  ]),
) as Readonly<Record<SpanKind, Meaning>>;
