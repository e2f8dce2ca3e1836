import { describe, expect, it } from 'vitest';
import { isTlsError, tlsProblem } from '../../../server-core/net/tls/failures.ts';

const error = (code: string, reason?: string) => Object.assign(new Error('message'), { code, reason });

describe('why TLS failed', () => {
  it.each([
    [
      'ssl/tls alert certificate unknown',
      'The client does not accept the certificate (alert certificate unknown)',
    ],
    ['tlsv1 alert unknown ca', 'The client does not trust the certificate (alert unknown ca)'],
    ['ssl/tls alert record overflow', 'The client ended the handshake (alert record overflow)'],
    ['no shared cipher', 'The client and the server have no cipher in common'],
    ['bad extension', 'The client broke the rules of TLS (bad extension)'],
  ])('%s', (reason, sentence) => expect(tlsProblem(error('ERR_SSL_X', reason))).toBe(sentence));

  it('is named by its code where OpenSSL gives no reason', () => {
    expect(tlsProblem(error('ERR_TLS_SESSION_ATTACK'))).toBe(
      'The client broke the rules of TLS (ERR_TLS_SESSION_ATTACK)',
    );
  });

  it('is told apart from a connection that failed', () => {
    expect(isTlsError(error('ERR_SSL_NO_SHARED_CIPHER'))).toBe(true);
    expect(isTlsError(error('ECONNRESET'))).toBe(false);
  });
});
