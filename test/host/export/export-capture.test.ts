/** What real servers captured, as others get it. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portTransport } from '../../../server-core/capture/port-transport.ts';
import { ViewerLink } from '../../../server-core/capture/viewer-link.ts';
import { Engine } from '../../../server-core/host/engine.ts';
import { harProblems } from '../../formats/har/har-schema.ts';
import { makeFolder } from '../../support/folder.ts';
import { joined } from '../../support/recorded.ts';

const MIB = 2 ** 20;
const PAGE = '<p>hello</p>'.repeat(500);
let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let link: ViewerLink;

beforeEach(() => {
  folder = makeFolder({ 'page.html': PAGE, 'big.bin': Buffer.alloc(3 * MIB, 'big ') });
  const options = { host: 'browser', tour: folder.path, openUrl: () => {} } as const;
  engine = new Engine({ ...options, memoryBudgetBytes: 32 * MIB, diskBudgetBytes: 64 * MIB }, { port: 0 });
  const { port1, port2 } = new MessageChannel();
  engine.attach(portTransport(port1));
  link = new ViewerLink(portTransport(port2), { onHello() {}, onBatch() {}, onClose() {} });
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

describe('what a server captured', () => {
  it('is a HAR that is one by its schema, with what was sent', async () => {
    const { server } = await engine.serve(folder.path);
    await (await fetch(`${server.url}page.html?a=1`)).text();
    await (await fetch(`${server.url}missing`, { method: 'POST', body: 'x=1' })).text();
    const path = `${folder.path}/x.har`;
    const { bytes } = await link.call({ op: 'export', as: 'har', path, redact: true });
    const text = readFileSync(path, 'utf8');
    expect(Buffer.byteLength(text)).toBe(bytes);
    const har = JSON.parse(text);
    expect(harProblems(har)).toEqual([]);
    const [page, missing] = har.log.entries;
    expect(page.response.content.text).toBe(PAGE);
    expect(page.response.headers).toContainEqual({ name: 'Content-Encoding', value: expect.any(String) });
    expect(page.response.bodySize).toBeLessThan(PAGE.length);
    expect(page.timings.wait + page.timings.send + page.timings.receive).toBeCloseTo(page.time, 3);
    expect(missing).toMatchObject({
      request: { postData: { text: 'x=1' } },
      response: { status: expect.any(Number) },
    });
  });

  it('is written from disk where memory holds no more of it, and as a download once', async () => {
    const { server } = await engine.serve(folder.path);
    for (let i = 0; i < 14; i++) {
      await (await fetch(`${server.url}big.bin?${i}`)).arrayBuffer();
      // The disk keeps up, so that nothing is trimmed: half of memory waits for it, and what it is at counts as written.
      const { log } = engine;
      await expect.poll(() => log.diskBytes + 18 * MIB - log.usedBytes).toBeGreaterThan(0);
    }
    expect(engine.log.usedBytes).toBeGreaterThan(engine.log.memoryBytes);
    expect(engine.log.start).toBe(0);
    const { download } = await link.call({ op: 'export', as: 'bodies', redact: false, only: [1, 2] });
    const { ending, bytes } = engine.download(download!)!;
    const files = unzipSync(await joined(bytes));
    expect(ending).toBe('zip');
    expect(Object.keys(files)).toEqual(['big.bin', 'big (2).bin']);
    expect(Buffer.from(files['big.bin']!)).toEqual(readFileSync(`${folder.path}/big.bin`));
    expect(engine.download(download!)).toBeUndefined();
  });

  it('that cannot be written says why', async () => {
    const call = { op: 'export', as: 'har', redact: true } as const;
    await expect(link.call({ ...call, path: `${folder.path}/no/x.har` })).rejects.toThrow(
      'There is no folder for',
    );
    await expect(link.call({ ...call, capture: 77 })).rejects.toThrow('That capture is no longer open');
  });
});

/** Whether this user may listen to the loopback device. */
function mayCapture(): boolean {
  try {
    return process.getuid?.() === 0 && execFileSync('tcpdump', ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
}

describe.skipIf(!mayCapture())('tcpdump beside a server', () => {
  it('saw what the server saw', async () => {
    const { server } = await engine.serve(folder.path);
    const path = `${folder.path}/tcpdump.pcap`;
    const device = process.platform === 'linux' ? 'lo' : 'lo0';
    const tcpdump = spawn('tcpdump', ['-i', device, '-U', '-B', '8192', '-w', path, `port ${server.port}`]);
    await new Promise<void>((resolve) => {
      tcpdump.stderr.on('data', (data) => String(data).includes('listening on') && resolve());
    });
    for (let i = 0; i < 3; i++) {
      await (await fetch(`${server.url}page.html?${i}`, { headers: { Connection: 'close' } })).text();
    }
    // What came before it is in the file once this is.
    await (await fetch(`${server.url}end`)).text();
    await expect.poll(() => readFileSync(path).includes('GET /end ')).toBe(true);
    const ended = new Promise((resolve) => tcpdump.once('close', resolve));
    tcpdump.kill('SIGINT');
    await ended;
    const { capture } = (await link.call({ op: 'serve', path })) as {
      capture: { id: number; exchanges: number };
    };
    expect(capture.exchanges).toBe(4);
    const entries = async (id?: number) => {
      const file = `${folder.path}/${id ?? 'live'}.har`;
      await link.call({
        op: 'export',
        as: 'har',
        path: file,
        redact: true,
        ...(id !== undefined && { capture: id }),
      });
      return JSON.parse(readFileSync(file, 'utf8')).log.entries.slice(0, 3) as {
        request: object;
        response: object;
      }[];
    };
    const [theirs, ours] = [await entries(capture.id), await entries()];
    expect(theirs.map(({ request, response }) => ({ request, response }))).toEqual(
      ours.map(({ request, response }) => ({ request, response })),
    );
  });
});
