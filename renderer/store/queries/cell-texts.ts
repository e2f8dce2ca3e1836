/** What columns show that no row holds: it is read for the rows on screen only. */

/**
 * `client` and `file` are known to the store; a name after `request.`, `response.` or `header.` is a header field's, in
 * lower case, of that message or of either, the response first.
 */
export type CellSource = 'client' | 'file' | `${'request' | 'response' | 'header'}.${string}`;

/** By exchange, in the order of the sources; '' where there is nothing. Exchanges that are not held are left out. */
export type CellTexts = ReadonlyMap<number, readonly string[]>;
