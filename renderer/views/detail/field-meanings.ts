/** What common fields say, in one plain sentence, and where they are defined. Others get no words invented. */
import { GLOSSARY } from '../../explain/glossary/glossary.ts';

export interface FieldMeaning {
  readonly sentence: string;
  readonly section: string;
}

const BY_NAME: ReadonlyMap<string, FieldMeaning> = new Map(
  GLOSSARY.filter(({ kind }) => kind === 'field').map(({ key, line, section }) => [
    key.toLowerCase(),
    { sentence: line, section },
  ]),
);

/** By name in any case; undefined for fields that no table here knows. */
export function fieldMeaning(name: string): FieldMeaning | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Names in the table as they are usually spelt, for tests and help. */
export const KNOWN_FIELDS: readonly string[] = GLOSSARY.filter(({ kind }) => kind === 'field').map(
  ({ key }) => key,
);
