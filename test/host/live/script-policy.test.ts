import { describe, expect, it } from 'vitest';
import { scriptPolicy } from '../../../server-core/host/live/script-policy.ts';

const ask = (...policies: string[]) => scriptPolicy(policies, 'localhost:8080');

describe('what a Content-Security-Policy says of the live script', () => {
  it.each([
    [''],
    ["default-src 'self'"],
    ["img-src 'none'"],
    ["script-src 'none'; script-src-elem 'self'"],
    ['default-src *'],
    ['default-src http:'],
    ['script-src http://localhost:8080/; connect-src localhost:8080'],
    ["default-src 'self', script-src 'self' https://cdn.example"],
    ["sandbox allow-scripts allow-same-origin; script-src 'self'"],
    ["script-src 'self'; script-src 'none'"],
  ])('%j lets it run', (policy) => expect(ask(policy)).toEqual({ allowed: true, nonce: undefined }));

  it('a nonce is proof enough', () => {
    expect(ask("script-src 'nonce-Ab1+/=' 'strict-dynamic'")).toEqual({ allowed: true, nonce: 'Ab1+/=' });
  });

  it.each([
    ["default-src 'none'", 'default-src'],
    ["script-src 'sha256-AAAA='", 'script-src'],
    ["script-src 'self' 'strict-dynamic'", 'script-src'],
    ["script-src-elem https://cdn.example; script-src 'self'", 'script-src-elem'],
    ["script-src 'self'; connect-src 'none'", 'connect-src'],
    ["default-src 'self', default-src 'none'", 'default-src'],
    ['sandbox', 'sandbox'],
    ['default-src http://localhost:8081', 'default-src'],
  ])('%j forbids it by %s', (policy, directive) => {
    expect(ask(policy)).toEqual({ allowed: false, directive });
  });
});
