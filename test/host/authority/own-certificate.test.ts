import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAuthority } from '../../../server-core/host/authority/authority.ts';
import { ownCertificate } from '../../../server-core/host/authority/own-certificate.ts';
import { PathProblem } from '../../../server-core/host/served-path.ts';
import { CERTIFICATE, KEY } from '../../support/certificate.ts';
import { makeFolder } from '../../support/folder.ts';

const other = newAuthority('other', Date.now());
const options = { cipher: 'aes-256-cbc', passphrase: 'secret', format: 'pem' } as const;
const encrypted = (type: 'pkcs8' | 'sec1') => createPrivateKey(KEY).export({ ...options, type }) as string;

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({
    'cert.pem': CERTIFICATE,
    'key.pem': KEY,
    'chain.pem': `${CERTIFICATE}${other.cert}`,
    'other-key.pem': other.key,
    'encrypted.pem': encrypted('pkcs8'),
    'encrypted-old.pem': encrypted('sec1'),
    'text.pem': 'hello',
    'broken.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'broken-key.pem': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
  });
});
afterEach(() => folder.remove());

const read = (cert: string, key: string, now?: number) =>
  ownCertificate({ cert: join(folder.path, cert), key: join(folder.path, key) }, now);

describe('a certificate that the user brings', () => {
  it('is taken as it is, with its chain', async () => {
    expect(await read('cert.pem', 'key.pem')).toEqual({ pair: { cert: CERTIFICATE, key: KEY }, notes: [] });
    expect((await read('chain.pem', 'key.pem')).pair.cert).toContain(other.cert);
  });

  it('is taken when it has ended, and it is said', async () => {
    const { notes } = await read('cert.pem', 'key.pem', Date.UTC(2200, 0));
    expect(notes).toEqual([expect.stringMatching(/ended on 2126-\d\d-\d\d: clients will refuse it$/)]);
  });

  it.each([
    ['missing.pem', 'key.pem', /^There is no file .*missing\.pem$/],
    ['cert.pem', 'missing.pem', /^There is no file .*missing\.pem$/],
    ['.', 'key.pem', /^A file is expected, and a folder is/],
    ['text.pem', 'key.pem', /should hold a certificate in PEM form, and holds something else$/],
    ['key.pem', 'cert.pem', /should hold a certificate in PEM form, and holds a private key$/],
    ['cert.pem', 'cert.pem', /should hold a private key in PEM form, and holds a certificate$/],
    ['cert.pem', 'encrypted.pem', /is encrypted; openssl pkey/],
    ['cert.pem', 'encrypted-old.pem', /is encrypted; openssl pkey/],
    ['broken.pem', 'key.pem', /^The certificate in .* cannot be read$/],
    ['cert.pem', 'broken-key.pem', /^The private key in .* cannot be read$/],
    [
      'cert.pem',
      'other-key.pem',
      /^The key in .*other-key\.pem is not the one of the certificate in .*cert\.pem$/,
    ],
  ])('%s with %s is refused in a sentence', async (cert, key, sentence) => {
    const failed = read(cert, key);
    await expect(failed).rejects.toThrow(PathProblem);
    await expect(failed).rejects.toThrow(sentence);
  });
});
