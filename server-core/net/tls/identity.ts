/** A certificate, with the chain behind it where there is one, and its key: both PEM. */
export interface CertifiedKey {
  readonly cert: string;
  readonly key: string;
}

/** What a server shows of itself over TLS. */
export interface Identity {
  /**
   * For the host that a client asks for by SNI; undefined when it names none. The same object as long as the same
   * certificate is to be shown: contexts are made once for each.
   */
  certifiedKey(serverName: string | undefined): CertifiedKey;
}
