/**
 * Requests worth looking at, and worth sending. Texts are in the notation of `escapes.ts`; `{host}` stands for the
 * server that is asked. What this server makes of each is held by a test, which runs the parser over them.
 */
import { EXCESS } from './gallery/excess.ts';
import { FRAMING } from './gallery/framing.ts';
import { GOOD } from './gallery/good.ts';
import { LINES } from './gallery/lines.ts';
import { PROTOCOLS } from './gallery/protocols.ts';
import type { Specimen, SpecimenBytes, SpecimenGroup } from './gallery/specimen.ts';
import { TARGETS } from './gallery/targets.ts';

export type { Specimen, SpecimenBytes } from './gallery/specimen.ts';

export const GALLERY: readonly SpecimenGroup[] = [GOOD, FRAMING, LINES, TARGETS, EXCESS, PROTOCOLS];

export const SPECIMENS: readonly Specimen[] = GALLERY.flatMap(({ specimens }) => specimens);

/** Of ids that this page itself names. */
export function specimenOf(id: string): Specimen {
  const found = SPECIMENS.find((specimen) => specimen.id === id);
  if (!found) throw new RangeError(`There is no specimen ${id}`);
  return found;
}

export function specimenText({ text }: SpecimenBytes, host: string): string {
  return text.replaceAll('{host}', host);
}
