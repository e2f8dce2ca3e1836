import type { Request } from '../http/request.ts';
import { acceptedCodings } from './accept-encoding.ts';
import { type CodingChoice, chooseCoding, codingSentence } from './coding-choice.ts';
import type { ServedFile } from './served-file.ts';

/** What `file` goes out as to this client. */
export function negotiate(request: Request, file: ServedFile): CodingChoice {
  const { fields } = request.head;
  const asked = fields.all('accept-encoding');
  if (asked === undefined && !request.tracing) return 'identity';
  const accepted = acceptedCodings(asked);
  const partly = file.forms.length > 0 && request.method === 'GET' && fields.has('range');
  const choice = chooseCoding(accepted, file.forms, partly);
  if (request.tracing) {
    const stale = file.siblings?.stale ?? [];
    request.mark('decision', codingSentence(choice, accepted, file.forms, partly, stale));
  }
  return choice;
}
