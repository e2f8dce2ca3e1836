import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../server-core/host/engine.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;
let port: number;

beforeEach(async () => {
  folder = makeFolder({ 'a.txt': 'twelve bytes' });
  engine = new Engine({ host: 'browser', tour: folder.path, openUrl: () => {}, capture: false }, { port: 0 });
  port = (await engine.serve(folder.path)).server.port;
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

/** The value of a sample of the only server. */
function value(name: string, label = ''): number {
  const line = engine
    .metrics()
    .split('\n')
    .find((one) => one.startsWith(`${name}{`) && one.includes(label));
  return Number(line?.split(' ').at(-1));
}

/** Two requests on one connection, then one that breaks a rule. */
async function traffic(): Promise<{ sent: number; received: number }> {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const bad = 'GET / HTTP/1.1\r\nHost : localhost\r\n\r\n';
  const client = await RawClient.open(port);
  await client.send(get('/a.txt') + get('/none') + bad);
  const received = (await client.rest()).length;
  return { sent: get('/a.txt').length + get('/none').length + bad.length, received };
}

describe('the metrics of an engine', () => {
  it('count what crossed, also when nothing is captured', async () => {
    const { sent, received } = await traffic();
    await expect.poll(() => value('wirescope_connections_open')).toBe(0);
    expect(value('wirescope_server_up')).toBe(1);
    expect(value('wirescope_connections_total')).toBe(1);
    expect(value('wirescope_requests_total')).toBe(3);
    expect(value('wirescope_requests_reused_total')).toBe(2);
    expect(value('wirescope_requests_in_flight')).toBe(0);
    expect(value('wirescope_connections_waiting')).toBe(0);
    expect(value('wirescope_workers')).toBe(0);
    expect(value('wirescope_responses_total', 'code="2xx"')).toBe(1);
    expect(value('wirescope_responses_total', 'code="4xx"')).toBe(2);
    expect(value('wirescope_faults_total')).toBe(1);
    expect(value('wirescope_received_bytes_total')).toBe(sent);
    expect(value('wirescope_sent_bytes_total')).toBe(received);
    expect(value('wirescope_request_duration_seconds_count')).toBe(3);
    expect(value('wirescope_request_duration_seconds_bucket', 'le="+Inf"')).toBe(3);
    expect(value('wirescope_request_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('say when a server is stopped', async () => {
    await engine.stop();
    expect(value('wirescope_server_up')).toBe(0);
  });

  it('name every family once, each with help, type and samples', async () => {
    await traffic();
    const lines = engine.metrics().split('\n');
    const helped = lines.filter((line) => line.startsWith('# HELP ')).map((line) => line.split(' ')[2]);
    const typed = lines.filter((line) => line.startsWith('# TYPE ')).map((line) => line.split(' ')[2]);
    expect(new Set(helped).size).toBe(helped.length);
    expect(typed).toEqual(helped);
    for (const name of helped) expect(lines.some((line) => line.startsWith(name as string))).toBe(true);
  });

  it.skipIf(spawnSync('promtool', ['--version']).error)('are what promtool takes', async () => {
    await traffic();
    execFileSync('promtool', ['check', 'metrics'], { input: engine.metrics() });
  });
});
