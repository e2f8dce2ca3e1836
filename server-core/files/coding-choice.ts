/** Which coding an answer gets: what the client weighs highest among what there is. */
import type { AcceptedCodings } from '../http/coding/accept-encoding.ts';
import { type Coding, MADE_CODINGS } from '../http/coding/content-coding.ts';
import type { Sibling } from './siblings.ts';

/** One way to code a file: by a copy on the disk, or on the fly. */
export interface Form {
  readonly coding: Coding;
  readonly sibling: Sibling | undefined;
}

/** What the content goes out as; `refused` when the client takes nothing that can be sent. */
export type CodingChoice = Form | 'identity' | 'refused';

export const MADE_FORMS: readonly Form[] = MADE_CODINGS.map((coding) => ({ coding, sibling: undefined }));

/**
 * `forms` in the order of preference, which decides between equal weights: a copy costs nothing and was made with
 * care, so copies come first. With `partly` (a part is asked for) nothing is coded on the fly: bytes of a
 * stream that is made anew each time have no lasting positions.
 */
export function chooseCoding(
  accepted: AcceptedCodings,
  forms: readonly Form[],
  partly: boolean,
): CodingChoice {
  const { codings, identity } = accepted;
  let best: Form | undefined;
  let weight = 0;
  for (const form of forms) {
    if (codings[form.coding] <= weight || (partly && form.sibling === undefined && identity > 0)) continue;
    best = form;
    weight = codings[form.coding];
  }
  if (best !== undefined && weight >= identity) return best;
  if (identity > 0) return 'identity';
  // Content as it is was refused, so size and type are no reason not to code it.
  return MADE_FORMS.find((form) => codings[form.coding] > 0) ?? 'refused';
}

/** The sentence for the decision trace. `stale` are ends of names of copies that are older than the file. */
export function codingSentence(
  choice: CodingChoice,
  accepted: AcceptedCodings,
  forms: readonly Form[],
  partly: boolean,
  stale: readonly string[],
): string {
  const said = accepted.said === '' ? 'No Accept-Encoding' : `Accept-Encoding weighs ${accepted.said}`;
  const older = stale.length === 0 ? '' : `; ${stale.join(' and ')} beside it is older than the file`;
  return `${said}${older}${outcome(choice, accepted, forms, partly)}`;
}

function outcome(
  choice: CodingChoice,
  accepted: AcceptedCodings,
  forms: readonly Form[],
  partly: boolean,
): string {
  if (choice === 'refused') return ', and nothing that can be sent is accepted, so 406';
  if (choice === 'identity') {
    if (forms.length === 0) return '; coding would gain nothing, so it goes out as it is';
    if (partly && forms.some(({ coding }) => accepted.codings[coding] > 0))
      return '; a part is asked for, and parts are never coded on the fly, so it goes out as it is';
    return ', so it goes out as it is';
  }
  const { coding, sibling } = choice;
  return sibling === undefined
    ? `, so it is coded with ${coding} on the fly`
    : `, so the copy ${sibling.end} beside it goes out, coded with ${coding}`;
}
