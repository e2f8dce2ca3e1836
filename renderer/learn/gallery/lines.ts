import { END, message } from './notation.ts';
import type { SpecimenGroup } from './specimen.ts';

export const LINES: SpecimenGroup = {
  name: 'Lines and spaces',
  specimens: [
    {
      id: 'bare-lf',
      name: 'LF without CR',
      text: 'GET / HTTP/1.1\\n\nHost: {host}\\n\n\\n\n',
      watch: 'Refused at the first LF. Run it again with the leniency “Bare LF” and it is a request.',
      danger: 'Of two readers one may see two lines where the other sees one value with an LF in it.',
      section: 'RFC 9112 §2.2',
      fault: 'bare-lf',
    },
    {
      id: 'bare-cr',
      name: 'CR without LF',
      text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: a\\rContent-Length: 9') + END,
      watch: 'Refused at the byte behind the CR.',
      danger: 'Some readers take a lone CR for a line end, and see a field that others do not.',
      section: 'RFC 9112 §2.2',
      fault: 'bare-cr',
    },
    {
      id: 'obs-fold',
      name: 'A folded line',
      text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: one', ' two') + END,
      watch: 'Refused at the space that begins the line.',
      danger: 'Some join it to the line before, some drop it, some take it for a field of its own.',
      section: 'RFC 9112 §5.2',
      fault: 'obs-fold',
    },
    {
      id: 'space-before-colon',
      name: 'A space before the colon',
      text: message('POST / HTTP/1.1', 'Host: {host}', 'Content-Length : 5') + END,
      watch: 'Refused at the space, so that nobody has to guess whether this is Content-Length.',
      danger: 'A proxy that ignores the field and a server that does not disagree about the content.',
      section: 'RFC 9112 §5.1',
      fault: 'space-before-colon',
    },
    {
      id: 'nul-value',
      name: 'NUL in a value',
      text: message('GET / HTTP/1.1', 'Host: {host}', 'X-Note: safe\\x00.jpg') + END,
      watch: 'Refused at the control byte.',
      danger: 'To code in C the value ends there; what was checked is not what is used.',
      section: 'RFC 9110 §5.5',
      fault: 'field-value-invalid',
    },
    {
      id: 'space-in-target',
      name: 'A space in the target',
      text: message('GET /my file.txt HTTP/1.1', 'Host: {host}') + END,
      watch: 'The target ends at the space, and “file.txt” is no version.',
      danger: 'Readers that split at the last space serve it; a cache before them stores something else.',
      section: 'RFC 9112 §3.2',
      fault: 'version-invalid',
    },
  ],
};
