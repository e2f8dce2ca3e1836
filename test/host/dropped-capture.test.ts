import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureFile } from '../../server-core/host/capture-file-writer.ts';
import { openDropped } from '../../server-core/host/dropped-capture.ts';
import { OpenedCaptures } from '../../server-core/host/opened-captures.ts';
import { spillFolder } from '../../server-core/host/spill-file.ts';
import { ANSWERED, ASKED, handshaken, pcap } from '../support/packets.ts';
import { Recorded } from '../support/recorded.ts';
import { META } from './capture-file-setup.ts';

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

const left = () => readdirSync(spillFolder()).filter((name) => name.startsWith('wirescope-dropped-'));

describe('a capture that was dropped', () => {
  it.each([
    ['x.pcap', () => pieces(pcap(handshaken([{ in: ASKED }, { out: ANSWERED }])))],
    [
      'x.wirescope',
      () => captureFile(new Recorded().conversation([{ in: ASKED }, { out: ANSWERED }]).log, META),
    ],
  ])('is opened by its name, can be read, and leaves nothing behind: %s', async (name, bytes) => {
    const captures = new OpenedCaptures(() => {});
    const before = left();
    const info = await openDropped(name, bytes(), (path) => captures.open(path));
    expect(info).toMatchObject({ name, exchanges: 1 });
    expect((await captures.read(info.id, info.start)).length).toBeGreaterThan(100);
    await captures.closeAll();
    expect(left()).toEqual(before);
  });

  it('may not be anything, nor lie elsewhere', async () => {
    const open = (path: string) => Promise.reject(new Error(path));
    await expect(openDropped('x.exe', pieces(Buffer.from('a')), open)).rejects.toThrow(
      'x.exe is none of .wirescope, .har, .pcap and .pcapng',
    );
    await expect(openDropped('..\\../a/x.har', pieces(Buffer.from('a')), open)).rejects.toThrow(
      /wirescope-dropped-[^/\\]+[/\\]x\.har$/,
    );
  });

  it.skipIf(process.platform === 'win32')('lies where nobody else can read it', async () => {
    const modes: number[] = [];
    const open = (path: string) => {
      for (const each of [path, dirname(path)]) modes.push(statSync(each).mode & 0o777);
      return Promise.reject(new Error('enough'));
    };
    await expect(openDropped('x.har', pieces(Buffer.from('a')), open)).rejects.toThrow('enough');
    expect(modes).toEqual([0o600, 0o700]);
  });
});
