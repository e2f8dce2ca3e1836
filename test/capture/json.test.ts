import { describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import { jsonLine } from '../../server-core/capture/json.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { serverState } from './traffic.ts';

describe('events as lines of JSON', () => {
  const log = new CaptureLog({ now: () => 1.5 });
  log.server(serverState(1, 'a\nb', 1));
  log.bytes(3, 'in', 7, Uint8Array.from([0, 0xff, 0x0a, 0x41]));
  log.mark(3, 1, 'note', 'two\nlines, "quoted"');

  it('stand one to a line, payloads as base64', () => {
    const { events } = decode(log.cursor('start', { payloads: true }).read(10_000)!);
    const lines = events.map(jsonLine);
    for (const line of lines) expect(line).not.toContain('\n');
    const back = lines.map((line) => JSON.parse(line));
    expect(back[0]).toEqual(events[0]);
    expect(back[2]).toEqual(events[2]);
    expect(Buffer.from(back[1].data, 'base64')).toEqual(Buffer.from([0, 0xff, 0x0a, 0x41]));
    expect(back[1]).toMatchObject({
      kind: 'bytes',
      time: 1.5,
      conn: 3,
      direction: 'in',
      offset: 7,
      length: 4,
    });
  });

  it('leave a payload out where the event has none', () => {
    const { events } = decode(log.cursor('start').read(10_000)!);
    const line = JSON.parse(jsonLine(events[1]!));
    expect(line).not.toHaveProperty('data');
    expect(line.length).toBe(4);
  });
});
