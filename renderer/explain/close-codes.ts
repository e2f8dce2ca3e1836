/** What a Close frame's code means, RFC 6455 §7.4 and its registry. */
const MEANINGS: Readonly<Record<number, string>> = {
  1000: 'Normal: the purpose was fulfilled',
  1001: 'Going away: the server shuts down, or the page was left',
  1002: 'Protocol error: a frame broke the rules',
  1003: 'Unsupported data: this kind of message is not accepted',
  1007: 'Invalid payload: such as text that is not UTF-8',
  1008: 'Policy: a message broke a rule of the application',
  1009: 'Too big: a message longer than this end accepts',
  1010: 'Extension missing: the client needs one that the server did not agree on',
  1011: 'Internal error on the server',
  1012: 'The server restarts',
  1013: 'Try again later: the server is overloaded',
  1014: 'Bad gateway: a server behind this one failed',
};

/** @param code undefined when the frame had none */
export function closeMeaning(code: number | undefined): string {
  if (code === undefined) return 'No code was given';
  const known = MEANINGS[code];
  if (known !== undefined) return known;
  if (code >= 4000 && code <= 4999) return "The application's own code";
  if (code >= 3000 && code <= 3999) return 'A code registered by a library or framework';
  return 'A code that must not be sent';
}
