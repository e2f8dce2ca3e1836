import { acceptedCodings } from '../http/coding/accept-encoding.ts';
import type { Request } from '../http/request.ts';
import { type CodingChoice, chooseCoding, codingSentence } from './coding-choice.ts';
import type { ServedFile } from './served-file.ts';

/** What `file` goes out as to this client. */
export function negotiate(request: Request, file: ServedFile): CodingChoice {
  const asked = request.head.fields.all('accept-encoding');
  if (asked === undefined) return 'identity';
  return chooseCoding(acceptedCodings(asked), file.forms, isPartly(request, file));
}

/** Why it goes out so, for the decision trace. */
export function negotiationSentence(request: Request, file: ServedFile, choice: CodingChoice): string {
  const accepted = acceptedCodings(request.head.fields.all('accept-encoding'));
  const stale = file.siblings?.stale ?? [];
  return codingSentence(choice, accepted, file.forms, isPartly(request, file), stale);
}

function isPartly({ head, method }: Request, { forms }: ServedFile): boolean {
  return forms.length > 0 && method === 'GET' && head.fields.has('range');
}
