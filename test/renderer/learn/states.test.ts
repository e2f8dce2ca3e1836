/** The states that stepping shows are those of the parser's own table: none missing, none extra. */
import { describe, expect, it } from 'vitest';
import { parseEscapes } from '../../../renderer/learn/escapes.ts';
import { SPECIMENS, specimenText } from '../../../renderer/learn/gallery.ts';
import { STATE_IDS } from '../../../renderer/learn/parser-states.ts';
import { recordTape, type Subject, stateAt } from '../../../renderer/learn/tape.ts';
import { State } from '../../../server-core/wire/http1/states.ts';
import { FRAME_STATES } from '../../../server-core/wire/ws/states.ts';

const REQUEST: Omit<Subject, 'bytes'> = {
  role: 'request',
  leniencies: { allowObsTextInTarget: true },
  answers: [],
  frames: 'agreed',
  deflate: false,
  closed: false,
};
const RESPONSE: Omit<Subject, 'bytes'> = { ...REQUEST, role: 'response', leniencies: {}, frames: 'never' };

const bytes = (text: string) => parseEscapes(text).bytes;
const head = (...lines: readonly string[]) => [...lines, '', ''].join('\\r\\n');

const SUBJECTS: readonly Subject[] = [
  ...SPECIMENS.map((specimen) => ({ ...REQUEST, bytes: bytes(specimenText(specimen, 'a')) })),
  { ...REQUEST, bytes: bytes(`\\r\\n${head('POST / HTTP/1.1', 'Host: a', 'Content-Length: 2')}hi`) },
  { ...REQUEST, bytes: bytes(`${head('GET / HTTP/1.1', 'Host: a', 'Connection: close')}G`) },
  { ...REQUEST, bytes: bytes(head('GET / HTTP/1.1', 'Host: a')), closed: true },
  {
    ...REQUEST,
    bytes: bytes(
      `${head('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked')}1;a=b\\r\\nx\\r\\n0\\r\\nA: b\\r\\n\\r\\n`,
    ),
  },
  { ...RESPONSE, bytes: bytes(`${head('HTTP/1.1 200 OK')}until the close`) },
  {
    ...RESPONSE,
    bytes: bytes(head('HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: upgrade')),
  },
  {
    ...RESPONSE,
    frames: 'taken',
    bytes: Uint8Array.from([
      ...bytes(head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: upgrade')),
      // A message of 126 bytes, whose length takes two more, and a Close.
      ...[0x82, 126, 0, 126, ...new Uint8Array(126), 0x88, 0],
    ]),
    closed: true,
  },
];

const visited = new Set(
  SUBJECTS.map(recordTape).flatMap((tape) =>
    Array.from({ length: tape.last + 1 }, (_, position) => stateAt(tape, position)),
  ),
);

describe('the states of the stepper', () => {
  it('are those of the two tables', () => {
    const tables = [...Object.keys(State), ...Object.keys(FRAME_STATES).map((name) => `ws-${name}`)];
    expect([...STATE_IDS].toSorted()).toEqual(tables.toSorted());
  });

  it('are all met by stepping through messages, and no other is', () => {
    expect([...visited].toSorted()).toEqual([...STATE_IDS].toSorted());
  });
});
