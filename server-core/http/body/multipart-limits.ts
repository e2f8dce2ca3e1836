/** What a form may hold. Sizes are in bytes. */
export interface MultipartLimits {
  /** 1 000: Go since CVE-2022-41725, and PHP: a part costs more memory than its bytes. */
  readonly maxParts: number;
  /** 8 192 for the fields of one part. Go takes 10 KiB, busboy 80 KiB; browsers send some 200 bytes. */
  readonly maxPartHeadBytes: number;
  /** 4 096 of preamble, which no browser sends and RFC 2046 §5.1.1 lets stand before the first boundary. */
  readonly maxPreambleBytes: number;
  /** 1 MiB for the value of one field that is no file: as busboy and multer. */
  readonly maxFieldBytes: number;
  /** 8 MiB for all of those together, which are kept in memory. PHP's post_max_size has 8 MiB, Go 10 MiB. */
  readonly maxFieldsBytes: number;
  /** 1 GiB for one file. It is not kept in memory, so what bounds it is the disk. */
  readonly maxFileBytes: number;
}

export const MULTIPART_DEFAULTS: MultipartLimits = {
  maxParts: 1000,
  maxPartHeadBytes: 8192,
  maxPreambleBytes: 4096,
  maxFieldBytes: 1024 * 1024,
  maxFieldsBytes: 8 * 1024 * 1024,
  maxFileBytes: 1024 * 1024 * 1024,
};
