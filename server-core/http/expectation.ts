import type { Framing, RequestHead } from '../wire/http1/events.ts';

/** What Expect asks for: nothing, a go-ahead before the content is sent, or something nobody knows. */
export type Expectation = 'none' | 'continue' | 'unknown';

/** RFC 9110 §10.1.1: a list of expectations, of which only `100-continue` is defined. */
export function expectationOf(head: RequestHead): Expectation {
  const value = head.fields.all('expect');
  // The same clause: HTTP/1.0 has no expectations, and one that passed through such a hop must be ignored.
  if (value === undefined || head.version === '1.0') return 'none';
  const members = value.split(',').map((member) => member.trim().toLowerCase());
  const asked = members.filter((member) => member !== '');
  if (asked.some((member) => member !== '100-continue')) return 'unknown';
  // And a go-ahead may be left out where there is no content to go ahead with.
  return asked.length > 0 && hasContent(head.framing) ? 'continue' : 'none';
}

export function hasContent(framing: Framing): boolean {
  return framing.kind === 'length' ? framing.length > 0 : framing.kind !== 'none';
}
