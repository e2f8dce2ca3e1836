/** Every way in which multipart content can be refused: a sentence, the clause, the status. */
export const MULTIPART_FAULTS = {
  'boundary-missing': {
    sentence: 'Content-Type names no boundary that could part the content',
    section: 'RFC 2046 §5.1.1',
    status: 400,
  },
  'preamble-too-long': {
    sentence: 'The content does not begin with its boundary',
    section: 'RFC 2046 §5.1.1',
    status: 400,
  },
  'head-too-large': {
    sentence: 'The fields of a part are too large',
    section: 'RFC 9110 §15.5.14',
    status: 413,
  },
  'head-invalid': {
    sentence: 'A part begins with a line that is no field',
    section: 'RFC 2046 §5.1',
    status: 400,
  },
  'disposition-missing': {
    sentence: 'A part has not exactly one Content-Disposition with form-data and a name',
    section: 'RFC 7578 §4.2',
    status: 400,
  },
  'encoding-refused': {
    sentence: 'A part has a Content-Transfer-Encoding, which forms must not use',
    section: 'RFC 7578 §4.7',
    status: 415,
  },
  'too-many-parts': {
    sentence: 'The form has too many parts',
    section: 'RFC 9110 §15.5.14',
    status: 413,
  },
  'field-too-long': {
    sentence: 'A field of the form is too long',
    section: 'RFC 9110 §15.5.14',
    status: 413,
  },
  'fields-too-long': {
    sentence: 'The fields of the form together are too long',
    section: 'RFC 9110 §15.5.14',
    status: 413,
  },
  'field-not-utf8': {
    sentence: 'A field of the form is not valid UTF-8',
    section: 'RFC 7578 §5.1.2',
    status: 400,
  },
  'file-too-long': {
    sentence: 'A file of the form is too long',
    section: 'RFC 9110 §15.5.14',
    status: 413,
  },
  'ended-early': {
    sentence: 'The content ends before its last boundary',
    section: 'RFC 2046 §5.1.1',
    status: 400,
  },
} as const satisfies Record<string, { sentence: string; section: string; status: number }>;

export type MultipartFaultCode = keyof typeof MULTIPART_FAULTS;
