import { END, get, message } from './notation.ts';
import type { SpecimenGroup } from './specimen.ts';

export const TARGETS: SpecimenGroup = {
  name: 'Who is meant, and what',
  specimens: [
    {
      id: 'no-host',
      name: 'No Host',
      text: message('GET / HTTP/1.1') + END,
      watch: 'Refused at the end of the head, where it is known that none will come.',
      danger: 'One address serves many sites; without a Host somebody has to guess which.',
      section: 'RFC 9112 §3.2',
      fault: 'host-missing',
    },
    {
      id: 'two-hosts',
      name: 'Two Hosts',
      text: message('GET / HTTP/1.1', 'Host: {host}', 'Host: inside.example') + END,
      watch: 'Refused at the second one.',
      danger: 'A proxy may check the first and the server behind it go by the second.',
      section: 'RFC 9112 §3.2',
      fault: 'host-duplicate',
    },
    {
      id: 'foreign-host',
      name: 'Another site’s Host',
      text: message('GET / HTTP/1.1', 'Host: evil.example') + END,
      watch: 'Parsed, and refused afterwards: 421, because this server is not that site.',
      danger:
        'A page elsewhere can point its own name at this machine (DNS rebinding) and read what it serves.',
      section: 'RFC 9110 §7.4',
    },
    {
      id: 'dot-dot',
      name: 'Out of the folder',
      text: get('/..%2f..%2fetc/passwd'),
      watch: 'See “Why” of the answer: what the path came to, and at which step it ended.',
      danger: 'Whoever decodes after checking for “..” leaves the folder that is served.',
      section: 'RFC 3986 §6.2.2.3',
    },
    {
      id: 'nul-path',
      name: '%00 in a path',
      text: get('/secret.txt%00.png'),
      watch: 'The parser takes it: it is three harmless bytes. The file system must not.',
      danger: 'The check sees a picture, the system call opens the text.',
      section: 'RFC 3986 §7.3',
    },
    {
      id: 'raw-target',
      name: 'Bytes that were not encoded',
      text: get('/gr\\xfc\\xdfe'),
      watch: 'Bytes above 7F have no place in a target; folders are served with the leniency for them.',
      danger: 'Nobody says whether this is UTF-8 or Latin-1, so two readers may find two files.',
      section: 'RFC 9112 §3.2',
    },
  ],
};
