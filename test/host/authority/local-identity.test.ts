import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newAuthority, readAuthority } from '../../../server-core/host/authority/authority.ts';
import { LocalIdentity } from '../../../server-core/host/authority/local-identity.ts';

const DAY = 24 * 60 * 60 * 1000;

function identity(hosts: readonly string[] = ['localhost', '127.0.0.1']) {
  const clock = { now: Date.now() };
  const now = () => clock.now;
  const authority = readAuthority(newAuthority('bench', clock.now), now);
  return { clock, identity: new LocalIdentity(authority, hosts, now) };
}
const names = ({ cert }: { readonly cert: string }) => new X509Certificate(cert).subjectAltName;

describe('certificates by the local authority', () => {
  it('one is shared by all hosts of the server, and by strangers', () => {
    const { identity: id } = identity();
    const own = id.certifiedKey(undefined);
    expect(names(own)).toBe('DNS:localhost, IP Address:127.0.0.1');
    for (const name of ['localhost', 'LocalHost', 'localhost.', 'bank.example', 'not a name', '']) {
      expect(id.certifiedKey(name)).toBe(own);
    }
  });

  it('another name that is private gets its own, the same each time', () => {
    const { identity: id } = identity();
    const shop = id.certifiedKey('shop.localhost');
    expect(names(shop)).toBe('DNS:shop.localhost');
    expect(id.certifiedKey('SHOP.localhost')).toBe(shop);
  });

  it('the names used last are kept, and no more than a bounded number', () => {
    const { identity: id } = identity();
    const first = id.certifiedKey('first.test');
    const second = id.certifiedKey('second.test');
    for (let i = 0; i < 255; i++) {
      id.certifiedKey(`n${i}.test`);
      id.certifiedKey('first.test');
    }
    expect(id.certifiedKey('first.test')).toBe(first);
    expect(id.certifiedKey('second.test')).not.toBe(second);
  });

  it('is renewed before it ends', () => {
    const { identity: id, clock } = identity();
    const first = id.certifiedKey(undefined);
    const until = Date.parse(new X509Certificate(first.cert).validTo);
    clock.now += 50 * DAY;
    expect(id.certifiedKey(undefined)).toBe(first);
    clock.now = until - 20 * DAY;
    const second = id.certifiedKey(undefined);
    expect(second).not.toBe(first);
    expect(Date.parse(new X509Certificate(second.cert).validTo)).toBeGreaterThan(until);
  });

  it('leaves out what the authority may not speak for, and says so', () => {
    const { identity: id } = identity(['localhost', '203.0.113.9', 'odd_name']);
    expect(id.refused).toEqual(['203.0.113.9', 'odd_name']);
    expect(names(id.certifiedKey(undefined))).toBe('DNS:localhost');
  });
});
