import { END, get, HOST, message } from './notation.ts';
import type { SpecimenGroup } from './specimen.ts';

export const EXCESS: SpecimenGroup = {
  name: 'Too much, too slow',
  specimens: [
    {
      id: 'huge-field',
      name: 'A field of 40 000 bytes',
      text: `${message('GET / HTTP/1.1')}${HOST}Cookie: ${'a'.repeat(40_000)}\\r\\n\n${END}`,
      watch: 'Refused with 431 as soon as the head passes its limit, not when it is complete.',
      danger: 'Without a limit one client fills the memory with something that is never a request.',
      section: 'RFC 6585 §5',
      fault: 'head-too-large',
    },
    {
      id: 'many-fields',
      name: '101 fields',
      text: `${message('GET / HTTP/1.1')}${HOST}${message(...Array.from({ length: 100 }, (_, n) => `X-${n}: 1`))}${END}`,
      watch: 'Refused at the first byte of the field that is one too many.',
      danger: 'Fields with equal hashes make some tables of fields slow.',
      section: 'RFC 6585 §5',
      fault: 'too-many-fields',
    },
    {
      id: 'slowloris',
      name: 'One byte at a time',
      text: get('/', 'X-Slow: yes'),
      watch: 'Every byte is a read of its own in Bytes and on the timeline; the head has a deadline.',
      danger: 'A thousand such connections hold a server that gives each a thread, at no cost to the sender.',
      section: 'RFC 9112 §9.5',
      cut: { every: 1, pauseMs: 60 },
    },
  ],
};
