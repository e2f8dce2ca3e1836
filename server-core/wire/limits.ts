/**
 * What the HTTP/1 parser bounds, and what it can be told to let pass. Sizes are in bytes. Every limit holds per
 * message, so that memory per connection is bounded whatever a peer sends.
 */
export interface Http1Limits {
  /** 4: RFC 9112 §2.2 asks a server to skip at least one empty line before a request; llhttp skips any number. */
  readonly maxLeadingEmptyLines: number;
  /** 32: the longest registered method, UPDATEREDIRECTREF, has 17. RFC 9112 §3 answers longer ones with 501. */
  readonly maxMethodBytes: number;
  /** 8 192: RFC 9112 §3 asks for request lines of 8 000 at least; nginx and Apache httpd both stop near 8 KiB. */
  readonly maxTargetBytes: number;
  /** 32 768, start line and empty line included: what nginx takes in its four buffers of 8 KiB. */
  readonly maxHeadBytes: number;
  /** 100 field lines, the same again for trailers: as Apache httpd and hyper. */
  readonly maxFields: number;
  /** 8 192, empty line included: Node counts trailers against its 16 KiB for heads. */
  readonly maxTrailerBytes: number;
  /** 16 384 over all chunks of a message: as Node since CVE-2024-22019, an attack by extensions alone. */
  readonly maxChunkExtensionBytes: number;
  /** 16 hexadecimal digits: enough for 64 bits; more can only be zeros or nonsense. As hyper and picohttpparser. */
  readonly maxChunkSizeDigits: number;
}

/** Departures from RFC 9112 that some real peers need. All are off unless asked for. */
export interface Http1Leniencies {
  /** Takes a lone LF as a line end in heads (RFC 9112 §2.2 allows it). Never in chunk framing. */
  readonly allowBareLf: boolean;
  /** Does not ask for a Host field, and takes any value and any number: for captures of other people's servers. */
  readonly allowAnyHost: boolean;
  /** Takes bytes 80-FF in a request-target, as clients send them that do not percent-encode: see http-subset.md. */
  readonly allowObsTextInTarget: boolean;
}

export type Http1Options = Http1Limits & Http1Leniencies;

export const HTTP1_DEFAULTS: Http1Options = {
  maxLeadingEmptyLines: 4,
  maxMethodBytes: 32,
  maxTargetBytes: 8192,
  maxHeadBytes: 32_768,
  maxFields: 100,
  maxTrailerBytes: 8192,
  maxChunkExtensionBytes: 16_384,
  maxChunkSizeDigits: 16,
  allowBareLf: false,
  allowAnyHost: false,
  allowObsTextInTarget: false,
};
