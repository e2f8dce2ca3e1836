/** What a captured request can be written down as, to be sent again elsewhere. */
export const REPEAT_FORMS = ['curl', 'curl-cmd', 'powershell', 'fetch', 'httpie', 'netcat'] as const;
export type RepeatForm = (typeof REPEAT_FORMS)[number];

/** The command, with a sentence for each way in which what it sends will differ. */
export interface Repeat {
  readonly command: string;
  readonly notes: readonly string[];
}
