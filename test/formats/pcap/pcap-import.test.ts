import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../../server-core/capture/events.ts';
import { CaptureLog } from '../../../server-core/capture/log.ts';
import { ImportClock } from '../../../server-core/formats/import-clock.ts';
import { PcapImport } from '../../../server-core/formats/pcap/pcap-import.ts';
import { tcpPacket } from '../../../server-core/formats/pcap/tcp-packet.ts';
import { eventsIn } from '../../support/events-of.ts';
import {
  ACK,
  ANSWERED,
  ASKED,
  CLIENT,
  FIN,
  handshaken,
  PSH,
  pcap,
  RST,
  SERVER,
  SYN,
} from '../../support/packets.ts';

interface Read {
  readonly events: readonly CaptureEvent[];
  readonly notes: readonly string[];
  readonly epochMs: number;
}

function read(file: Uint8Array, pieceBytes = file.length): Read {
  const clock = new ImportClock();
  const log = new CaptureLog({ now: () => clock.now, segmentBytes: 65_536 });
  const importing = new PcapImport(log, clock, file.subarray(0, 24));
  for (let at = 0; at < file.length; at += pieceBytes) {
    // What was given may change after the call.
    const piece = Uint8Array.from(file.subarray(at, at + pieceBytes));
    importing.push(piece);
    piece.fill(0xff);
  }
  const notes = importing.end();
  const cursor = log.cursor('start', { payloads: true });
  const events: CaptureEvent[] = [];
  for (let batch = cursor.read(65_536); batch; batch = cursor.read(65_536)) events.push(...eventsIn(batch));
  return { events, notes, epochMs: clock.epochMs };
}

const kinds = ({ events }: Read) => events.map(({ kind }) => kind);
const of = <K extends CaptureEvent['kind']>({ events }: Read, kind: K) =>
  events.filter((event): event is Extract<CaptureEvent, { kind: K }> => event.kind === kind);

/** The bytes of one direction of all connections, by their offsets; dots where none are. */
function stream(found: Read, direction: 'in' | 'out'): string {
  let text = '';
  for (const event of of(found, 'bytes')) {
    if (event.direction !== direction) continue;
    text = text.padEnd(event.offset, '.') + Buffer.from(event.data ?? []).toString('latin1');
  }
  return text;
}

const PLAIN = handshaken([{ in: ASKED }, { out: ANSWERED }]);

describe('a file of packets', () => {
  it('becomes a connection, its bytes, and what the parser makes of them', () => {
    const found = read(pcap(PLAIN));
    expect(kinds(found)).toEqual([
      ...['server', 'opened', 'bytes', 'begin', 'request', 'request-end'],
      ...['bytes', 'response', 'response-end', 'closed'],
    ]);
    expect(found.notes).toEqual([]);
    expect(found.epochMs).toBe(1_700_000_000_001);
    expect(of(found, 'opened')[0]).toMatchObject({
      ...{ time: 0, remoteAddress: '10.0.0.2', remotePort: 40_000, localPort: 80 },
    });
    expect(of(found, 'request')[0]).toMatchObject({
      time: 3000,
      method: 'GET',
      target: '/x',
      version: '1.1',
    });
    expect(of(found, 'response')[0]).toMatchObject({ time: 4000, status: 200, mediaType: 'text/plain' });
    expect(of(found, 'closed')[0]).toMatchObject({
      reason: 'client-fin',
      bytesIn: 28,
      bytesOut: ANSWERED.length,
    });
  });

  it.each([
    ['big-endian', { little: false }],
    ['of nanoseconds', { nanos: true }],
    ['big-endian and of nanoseconds', { little: false, nanos: true }],
  ])('may be %s', (_name, form) => {
    expect(read(pcap(PLAIN, form)).events).toEqual(read(pcap(PLAIN)).events);
  });

  it('is the same however it is cut', () => {
    const file = pcap(PLAIN);
    const whole = read(file);
    expect(kinds(whole)).toContain('response-end');
    for (const size of [1, 7, 24, 100]) expect(read(file, size)).toEqual(whole);
  });

  const ethernet = (type: number) => (frame: Uint8Array) =>
    Buffer.concat([Buffer.alloc(12), Buffer.from([type >> 8, type & 255]), frame]);
  it.each([
    ['Ethernet', 1, ethernet(0x0800)],
    [
      'Ethernet with a VLAN tag',
      1,
      (f: Uint8Array) => Buffer.concat([Buffer.alloc(12), Buffer.from('810000070800', 'hex'), f]),
    ],
    ['BSD loopback', 0, (f: Uint8Array) => Buffer.concat([Buffer.from([2, 0, 0, 0]), f])],
    ['OpenBSD loopback', 108, (f: Uint8Array) => Buffer.concat([Buffer.from([0, 0, 0, 2]), f])],
    ['IPv4', 228, (f: Uint8Array) => f],
    [
      'Linux, cooked',
      113,
      (f: Uint8Array) => Buffer.concat([Buffer.alloc(14), Buffer.from('0800', 'hex'), f]),
    ],
    [
      'Linux, cooked, version 2',
      276,
      (f: Uint8Array) => Buffer.concat([Buffer.from('0800', 'hex'), Buffer.alloc(18), f]),
    ],
  ])('may have frames of %s', (_name, linkType, wrap) => {
    expect(read(pcap(PLAIN.map(wrap), { linkType })).events).toEqual(read(pcap(PLAIN)).events);
  });

  it('may have padding behind its packets', () => {
    const padded = PLAIN.map((frame) => Buffer.concat([ethernet(0x0800)(frame), Buffer.alloc(6)]));
    expect(read(pcap(padded, { linkType: 1 })).events).toEqual(read(pcap(PLAIN)).events);
  });

  it('may be of IPv6', () => {
    const found = read(pcap(handshaken([{ in: ASKED }, { out: ANSWERED }], { v6: true })));
    expect(of(found, 'opened')[0]?.remoteAddress).toBe('fe80::2');
    expect(of(found, 'response-end')[0]?.complete).toBe(true);
  });

  it('says which frames it cannot read, and that it holds no TCP', () => {
    expect(read(pcap(PLAIN, { linkType: 127 })).notes).toEqual([
      'Frames of link type 127 are not read',
      'It holds no TCP',
    ]);
  });
});

describe('a connection in packets', () => {
  it('is put in order again, and counts nothing twice', () => {
    const long = 'x'.repeat(3000);
    const out = `HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n${long}`;
    const parts = out.match(/[\s\S]{1,500}/g)!.map((part) => ({ out: part }));
    const frames = handshaken([{ in: ASKED }, ...parts]);
    const straight = read(pcap(frames));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(5)), fc.array(fc.nat(6)), (moves, again) => {
        // The data from the server, each a few places later than it was sent, and some of it twice.
        const data = frames.slice(4, 4 + parts.length);
        const shaken = data
          .map((frame, i) => ({ frame, at: i + moves.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ frame }) => frame);
        for (const i of again) shaken.splice(i, 0, data[i % data.length]!);
        const found = read(pcap([...frames.slice(0, 4), ...shaken, ...frames.slice(4 + parts.length)]));
        expect(stream(found, 'out')).toBe(out);
        expect(of(found, 'mark')).toEqual([]);
        expect(of(found, 'response-end')).toHaveLength(of(straight, 'response-end').length);
      }),
      { numRuns: 200 },
    );
  });

  it('takes from an overlap only what is new', () => {
    const [first, second, third] = [ASKED.slice(0, 10), ASKED.slice(5, 20), ASKED.slice(20)];
    const at = (offset: number, text: string) =>
      tcpPacket({
        from: CLIENT,
        to: SERVER,
        seq: 1001 + offset,
        ack: 9001,
        flags: ACK | PSH,
        payload: Buffer.from(text),
      });
    const start = handshaken([], { close: false });
    const found = read(pcap([...start, at(0, first), at(5, second), at(20, third)]));
    expect(stream(found, 'in')).toBe(ASKED);
    expect(of(found, 'request-end')).toHaveLength(1);
  });

  it('goes on where sequence numbers begin again at zero', () => {
    const found = read(pcap(handshaken([{ in: ASKED }, { out: ANSWERED }], { first: 2 ** 32 - 10 })));
    expect(stream(found, 'in')).toBe(ASKED);
    expect(of(found, 'response-end')[0]?.complete).toBe(true);
  });

  it('says what is missing, and goes on at the next message', () => {
    const cut = `HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n${'y'.repeat(300)}`;
    const frames = handshaken([
      ...[{ in: ASKED }, { out: cut }, { out: 'z'.repeat(300) }, { out: 'y'.repeat(300) }],
      ...[{ in: ASKED }, { out: ANSWERED }],
    ]);
    const found = read(pcap(frames.filter((_, i) => i !== 5)));
    expect(of(found, 'mark').map(({ detail }) => detail)).toEqual([
      '300 bytes from the server are missing here',
    ]);
    expect(stream(found, 'out')).toBe(`${cut}${'.'.repeat(300)}${'y'.repeat(300)}${ANSWERED}`);
    expect(of(found, 'response-end').map(({ complete }) => complete)).toEqual([false, true]);
    expect(of(found, 'response').map(({ offset }) => offset)).toEqual([0, cut.length + 600]);
  });

  it('that was cut short by whoever captured says that, too', () => {
    const whole = tcpPacket({
      from: CLIENT,
      to: SERVER,
      seq: 1001,
      ack: 9001,
      flags: ACK | PSH,
      payload: Buffer.from(ASKED),
    });
    const file = pcap([...handshaken([], { close: false }), whole.subarray(0, 50)]);
    // The length on the wire stands behind the captured one.
    file.writeUInt32LE(whole.length, file.length - 54);
    const found = read(file);
    expect(stream(found, 'in')).toBe(ASKED.slice(0, 10));
    expect(of(found, 'mark')[0]?.detail).toBe('18 bytes from the client are missing here');
    expect(found.notes).toEqual(['1 packet cut short by whoever captured']);
  });

  it('of which the handshake was missed is known by what is said', () => {
    for (const frames of [PLAIN.slice(3), PLAIN.slice(4)]) {
      const found = read(pcap(frames));
      expect(of(found, 'opened')[0]).toMatchObject({ remotePort: 40_000, localPort: 80 });
    }
    // An answer without its question is shown all the same.
    expect(of(read(pcap(PLAIN.slice(4))), 'response')[0]).toMatchObject({ status: 200 });
  });

  it('that is reset ends so', () => {
    const reset = tcpPacket({
      from: SERVER,
      to: CLIENT,
      seq: 9001,
      ack: 0,
      flags: RST,
      payload: new Uint8Array(0),
    });
    const found = read(pcap([...handshaken([{ in: ASKED }], { close: false }), reset]));
    expect(of(found, 'closed')[0]?.reason).toBe('server-reset');
    expect(of(found, 'response-end')[0]?.complete).toBe(false);
  });

  it('whose ports are used again is another', () => {
    const again = handshaken([{ in: ASKED }, { out: ANSWERED }], { first: 777_777 });
    const found = read(pcap([...PLAIN, ...again]));
    expect(of(found, 'opened')).toHaveLength(2);
    expect(of(found, 'response-end').map(({ complete }) => complete)).toEqual([true, true]);
    const unfinished = read(pcap([...PLAIN.slice(0, 5), ...again]));
    expect(of(unfinished, 'closed').map(({ reason }) => reason)).toEqual(['error', 'client-fin']);
  });

  it('whose content was left out, since the answer was there before it, is no fault', () => {
    const head = 'PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n';
    const refusal = 'HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n';
    const answered = read(pcap(handshaken([{ in: head }, { out: refusal }])));
    expect(of(answered, 'response-end')).toMatchObject([{ complete: true }]);
    expect(of(answered, 'fault')).toEqual([]);
    const unanswered = read(pcap(handshaken([{ in: head }])));
    expect(of(unanswered, 'fault')).toMatchObject([{ code: 'connection-closed-early' }]);
  });

  it('that says until it closes ends whole', () => {
    const found = read(pcap(handshaken([{ in: ASKED }, { out: 'HTTP/1.0 200 OK\r\n\r\nall' }])));
    expect(of(found, 'response-end')[0]).toMatchObject({ complete: true, offset: 22 });
  });

  it('of TLS or of another protocol is shown as that', () => {
    const tls = read(
      pcap(handshaken([{ in: '\x16\x03\x01\x02\x00\x01\x00\x01' }, { out: '\x16\x03\x03\x00' }])),
    );
    expect(of(tls, 'fault').map(({ code }) => code)).toEqual(['tls-on-plain-port']);
    expect(of(tls, 'mark')[0]?.detail).toMatch(/^These bytes are TLS/);
    const ssh = read(pcap(handshaken([{ out: 'SSH-2.0-OpenSSH\r\n' }, { in: 'SSH-2.0-client\r\n' }])));
    expect(of(ssh, 'mark')[0]?.detail).toMatch(/^These bytes are not HTTP/);
    expect(of(ssh, 'begin')).toHaveLength(1);
    expect(stream(ssh, 'out')).toBe('SSH-2.0-OpenSSH\r\n');
  });

  it('without a word is no request', () => {
    const found = read(pcap(handshaken([])));
    expect(kinds(found)).toEqual(['server', 'opened', 'closed']);
    const scan = tcpPacket({
      from: CLIENT,
      to: SERVER,
      seq: 1,
      ack: 0,
      flags: SYN,
      payload: new Uint8Array(0),
    });
    expect(kinds(read(pcap([scan])))).toEqual(['server', 'opened']);
    const late = tcpPacket({
      from: CLIENT,
      to: SERVER,
      seq: 1,
      ack: 0,
      flags: FIN | ACK,
      payload: new Uint8Array(0),
    });
    expect(kinds(read(pcap([late])))).toEqual([]);
  });
});

describe('a file of packets that is not whole', () => {
  const file = pcap(handshaken([{ in: ASKED }, { out: ANSWERED }, { in: ASKED }, { out: ANSWERED }]));

  it('shows what is, wherever it ends', () => {
    const whole = read(file).events;
    for (let end = 4; end < file.length; end++) {
      const { events, notes } = read(file.subarray(0, end));
      const isKept = events.every(
        (event, i) => event.kind === whole[i]?.kind || event.kind === 'response-end',
      );
      expect(isKept).toBe(true);
      expect(notes.length === 0 || /cut short|no TCP/.test(notes.join())).toBe(true);
    }
  });

  it('has no segment that is longer than any packet', () => {
    const said = (seq: number, text: string) =>
      tcpPacket({ from: CLIENT, to: SERVER, seq, ack: 9001, flags: ACK, payload: Buffer.from(text) });
    const lying = said(1001, '');
    // IP leaves the length to the file, which says the one that leads exactly half around all numbers.
    lying.fill(0, 2, 4);
    const lie = pcap([...handshaken([], { close: false }), said(1011, 'later'), lying]);
    lie.writeUInt32LE(2 ** 31 + 10 + lying.length, lie.length - lying.length - 4);
    const found = read(lie);
    expect(found.notes).toEqual(['1 packet left out that contradict themselves']);
    expect(stream(found, 'in')).toBe('..........later');
  });

  it('is read as far as it makes sense, whatever was changed in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const damaged = Buffer.from(file);
          for (const [at, value] of changes) damaged[at] = value;
          const { events } = read(damaged);
          let time = 0;
          for (const event of events) {
            expect(event.time).toBeGreaterThanOrEqual(time);
            time = event.time;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
