import type { Request } from './request.ts';

/** The host a request is for, without port and in lower case: RFC 9112 §3.3, absolute-form wins over Host. */
export function requestHost(request: Request): string | undefined {
  const { target, head } = request;
  const authority =
    target.form === 'absolute' || target.form === 'authority' ? target.authority : head.fields.get('host');
  return authority === undefined ? undefined : hostOf(authority);
}

/** `[::1]:8080` → `[::1]`, `Example.org:80` → `example.org`. */
function hostOf(authority: string): string {
  const end = authority.startsWith('[') ? authority.indexOf(']') + 1 : authority.indexOf(':');
  return (end <= 0 ? authority : authority.slice(0, end)).toLowerCase();
}
