import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAuthority, newKey, readAuthority } from '../../../server-core/host/authority/authority.ts';
import { makeFolder } from '../../support/folder.ts';

const DAY = 24 * 60 * 60 * 1000;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const pair = newAuthority('Bench', Date.now());
const authority = readAuthority(pair, Date.now);

describe('an authority', () => {
  it('may sign servers, and no other authority', () => {
    const certificate = new X509Certificate(pair.cert);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toContain('Wirescope of Bench');
  });

  it.each([
    'localhost',
    'app.localhost',
    'bench',
    'printer.local',
    '127.0.0.1',
    '192.168.1.20',
    '::1',
    'fd00::1',
  ])('speaks for %s', (host) => expect(authority.allows(host)).toBe(true));

  it.each([
    'example.com',
    'com',
    'notlocalhost',
    'evil-localhost',
    '8.8.8.8',
    '2001:db8::1',
    'a b.local',
    '*.local',
    '',
  ])('does not speak for %j', (host) => expect(authority.allows(host)).toBe(false));
});

describe('a certificate by it', () => {
  const certificate = new X509Certificate(authority.certify(newKey(), ['localhost', '127.0.0.1', '::1']));

  it('is for its hosts, for at most as long as Apple allows', () => {
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY;
    expect(days).toBeLessThan(398);
    expect(days).toBeGreaterThan(30);
  });

  it('is signed by it', () => {
    expect(certificate.checkIssued(new X509Certificate(pair.cert))).toBe(true);
    expect(certificate.verify(new X509Certificate(pair.cert).publicKey)).toBe(true);
  });
});

describe.skipIf(!hasOpenssl)('as openssl sees it', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({ 'ca.pem': pair.cert });
  });
  afterEach(() => folder.remove());

  function verify(hosts: readonly string[], ...options: string[]): string {
    writeFileSync(join(folder.path, 'leaf.pem'), authority.certify(newKey(), hosts));
    const { stdout, stderr } = spawnSync(
      'openssl',
      ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', ...options, 'leaf.pem'],
      { cwd: folder.path, encoding: 'utf8' },
    );
    return stdout + stderr;
  }

  it('certificates are good for their hosts and for no others', () => {
    const hosts = ['localhost', '10.1.2.3', '::1'];
    expect(verify(hosts, '-verify_hostname', 'localhost')).toContain('OK');
    expect(verify(hosts, '-verify_ip', '10.1.2.3')).toContain('OK');
    expect(verify(hosts, '-verify_ip', '::1')).toContain('OK');
    expect(verify(['127.0.0.1'], '-verify_ip', '127.0.0.1')).toContain('OK');
    expect(verify(hosts, '-verify_hostname', 'example.com')).toMatch(/hostname mismatch/i);
  });

  it('whoever steals the key can still speak for nobody else', () => {
    expect(verify(['bank.example'])).toContain('permitted subtree violation');
    expect(verify(['8.8.8.8'])).toContain('permitted subtree violation');
  });

  it('the authority has what RFC 5280 asks of one', () => {
    const text = execFileSync('openssl', ['x509', '-in', 'ca.pem', '-noout', '-text'], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    expect(text).toMatch(/Name Constraints: critical\s+Permitted:/);
    expect(text).toContain('DNS:localhost');
  });
});

describe('what is no longer fit for use', () => {
  const sentence = (change: Partial<typeof pair>, now = Date.now()) => {
    try {
      readAuthority({ ...pair, ...change }, () => now);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('is told apart', () => {
    expect(sentence({})).toBeUndefined();
    expect(sentence({ cert: 'x' })).toBe('Its certificate cannot be read');
    expect(sentence({ key: 'x' })).toBe('Its key cannot be read');
    expect(sentence({ key: newAuthority('Other', Date.now()).key })).toBe(
      'Its key is not that of its certificate',
    );
    const server = authority.certify(newKey(), ['localhost']);
    expect(sentence({ cert: server })).toBe('Its certificate is not that of an authority');
    expect(sentence({}, Date.now() + 3600 * DAY)).toMatch(/^It ends on \d{4}-\d\d-\d\d$/);
    expect(sentence({}, Date.now() - 2 * DAY)).toMatch(/^It is not valid before/);
  });
});
