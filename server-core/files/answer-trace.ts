/**
 * The decision trace of a file, in the order in which people ask: what the target means, where that is, which file
 * answers, what it is, whether it is sent, which part, in which coding, under which fields. (The coding is chosen
 * before the conditions are looked at, since each coding has a tag of its own; the trace tells of it where it shows.)
 */
import type { Request } from '../http/request.ts';
import type { CodingChoice } from './coding-choice.ts';
import { negotiationSentence } from './negotiation.ts';
import type { ServedFile } from './served-file.ts';

export function traceFound(request: Request, file: ServedFile): void {
  for (const line of file.found) request.mark('resolve', line);
}

export function traceCoding(request: Request, file: ServedFile, choice: CodingChoice): void {
  request.mark('decision', negotiationSentence(request, file, choice));
}

/** Behind conditions and range. An answer without content of the file was explained by what came before. */
export function traceSent(request: Request, file: ServedFile, choice: CodingChoice, status: number): void {
  if (status !== 200 && status !== 206) return;
  traceCoding(request, file, choice);
  for (const line of file.described) request.mark('decision', line);
  if (status === 200) request.mark('decision', 'Nothing stands against sending all of it, so 200');
}
