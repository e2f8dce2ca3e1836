/** Why TLS failed, in plain words. */

/** RFC 8446 §6: what a client's alert means, by the name that OpenSSL gives it. */
const ALERTS: Readonly<Record<string, string>> = {
  'unknown ca': 'The client does not trust the certificate',
  'certificate unknown': 'The client does not accept the certificate',
  'bad certificate': 'The client does not accept the certificate',
  'unsupported certificate': 'The client cannot use a certificate of this kind',
  'certificate expired': 'The client holds the certificate to be expired',
  'certificate revoked': 'The client holds the certificate to be revoked',
  'access denied': 'The client does not accept the certificate',
  'handshake failure': 'The client found no settings that suit both sides',
  'insufficient security': 'The client wants stronger settings than were agreed on',
  'protocol version': 'The client does not speak this version of TLS',
  'unrecognized name': 'The client does not know the server by this name',
  'no application protocol': 'The client speaks none of the protocols offered',
  'user cancelled': 'The client gave up',
  'internal error': 'The client failed by an error of its own',
  'decode error': 'The client could not read what the server sent',
  'decrypt error': 'The client could not check the handshake',
  'bad record mac': 'The client received bytes that were changed on the way',
  'unexpected message': 'The client met a message that it did not expect',
};

/** What this side of OpenSSL found, by its reason. */
const REASONS: Readonly<Record<string, string>> = {
  'no application protocol': 'The client offers other protocols than http/1.1 (ALPN)',
  'no shared cipher': 'The client and the server have no cipher in common',
  'no suitable signature algorithm': 'The client takes no signature that the certificate can make',
  'no suitable key share': 'The client and the server have no key exchange in common',
  'unsupported protocol': 'The client speaks only versions of TLS that are too old',
  'wrong version number': 'The client sent something that is not TLS',
  'unexpected message': 'The client sent a message that is out of turn',
  'decryption failed or bad record mac': 'The client sent bytes that were changed on the way',
};

/** One sentence without full stop; what OpenSSL says stands behind it, for those who search for it. */
export function tlsProblem(error: NodeJS.ErrnoException & { readonly reason?: string | undefined }): string {
  const reason = error.reason ?? '';
  const alert = /\balert (.+)$/.exec(reason)?.[1];
  if (alert !== undefined) return `${ALERTS[alert] ?? 'The client ended the handshake'} (alert ${alert})`;
  const known = REASONS[reason];
  if (known !== undefined) return known;
  return `The client broke the rules of TLS (${reason || (error.code ?? error.message)})`;
}

/** Whether an error of a socket is TLS's own, and not of the connection below. */
export function isTlsError(error: NodeJS.ErrnoException): boolean {
  return error.code?.startsWith('ERR_SSL_') === true || error.code?.startsWith('ERR_TLS_') === true;
}
