/** The four forms of request-target, RFC 9112 §3.2. */
export type RequestTarget =
  | { readonly form: 'origin'; readonly path: string; readonly query: string | undefined }
  | {
      readonly form: 'absolute';
      readonly scheme: string;
      readonly authority: string;
      readonly path: string;
      readonly query: string | undefined;
    }
  | { readonly form: 'authority'; readonly authority: string }
  | { readonly form: 'asterisk' };
