/** Fields whose values tell who somebody is, or let one act for them. What Chrome's sanitized HAR leaves out, and addresses. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-auth-token',
  'x-csrf-token',
  'x-xsrf-token',
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-real-ip',
  'x-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
]);

/** Stands for each byte that was removed, so that lengths and places stay. */
export const BLANK = 0x2a;

export function isSecretField(name: string): boolean {
  return SECRET_FIELDS.has(name.toLowerCase());
}
