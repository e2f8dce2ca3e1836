/** A certificate and key that the user brings: `--cert` and `--key`. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { CertifiedKey } from '../../net/tls/identity.ts';
import { PathProblem } from '../served-path.ts';

export interface CertificateFiles {
  /** PEM: the certificate, and behind it the chain up to the authority. */
  readonly cert: string;
  /** PEM, not encrypted. */
  readonly key: string;
}

/** Reads and checks both. Rejects with PathProblem. */
export async function ownCertificate(
  files: CertificateFiles,
  now: number = Date.now(),
): Promise<{ readonly pair: CertifiedKey; readonly notes: readonly string[] }> {
  const pair = { cert: await read(files.cert), key: await read(files.key) };
  const certificate = parseCertificate(files.cert, pair.cert);
  const key = parseKey(files.key, pair.key);
  if (!certificate.checkPrivateKey(key)) {
    throw new PathProblem(`The key in ${files.key} is not the one of the certificate in ${files.cert}`);
  }
  try {
    createSecureContext(pair);
  } catch (error) {
    const { reason, message } = error as { reason?: string; message: string };
    throw new PathProblem(`OpenSSL takes ${files.cert} and its key not for a server (${reason ?? message})`);
  }
  const until = new Date(certificate.validTo);
  const ended = until.getTime() < now;
  return {
    pair,
    notes: ended
      ? [
          `The certificate in ${files.cert} ended on ${until.toISOString().slice(0, 10)}: clients will refuse it`,
        ]
      : [],
  };
}

async function read(path: string): Promise<string> {
  return readFile(path, 'latin1').catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? 'There is no file'
        : error.code === 'EISDIR'
          ? 'A file is expected, and a folder is'
          : error.code === 'EACCES'
            ? 'This user may not read'
            : `${error.code ?? error.message}:`;
    throw new PathProblem(`${why} ${path}`);
  });
}

function parseCertificate(path: string, pem: string): X509Certificate {
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    const instead = pem.includes('PRIVATE KEY-----') ? 'a private key' : 'something else';
    throw new PathProblem(`${path} should hold a certificate in PEM form, and holds ${instead}`);
  }
  try {
    return new X509Certificate(pem);
  } catch {
    throw new PathProblem(`The certificate in ${path} cannot be read`);
  }
}

function parseKey(path: string, pem: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem)) {
    throw new PathProblem(
      `The key in ${path} is encrypted; openssl pkey -in ${path} -out plain.pem writes one that is not`,
    );
  }
  if (!pem.includes('PRIVATE KEY-----')) {
    const instead = pem.includes('-----BEGIN CERTIFICATE-----') ? 'a certificate' : 'something else';
    throw new PathProblem(`${path} should hold a private key in PEM form, and holds ${instead}`);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    throw new PathProblem(`The private key in ${path} cannot be read`);
  }
}
