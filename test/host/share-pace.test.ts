/** What viewers may cost whoever shares: one question at a time, and no more of unread answers than a bound. */
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Call, callMessage, type Hello, MESSAGE } from '../../server-core/capture/feed-messages.ts';
import { RecordLog } from '../../server-core/capture/record-log.ts';
import { Share } from '../../server-core/host/share.ts';
import { makeFolder } from '../support/folder.ts';

const HELLO: Hello = {
  ...{ version: '0', host: 'browser', platform: 'linux', epochMs: 0, memoryBudgetBytes: 0 },
  ...{ diskBudgetBytes: 0, tour: '', notes: [], captures: [] },
};

let folder: ReturnType<typeof makeFolder>;
let share: Share;
let sockets: WebSocket[];
let answer: () => Promise<unknown>;

beforeEach(() => {
  folder = makeFolder({ 'index.html': '<p>window</p>' });
  sockets = [];
  share = new Share({
    renderer: folder.path,
    log: new RecordLog({ now: () => 0 }),
    hello: () => HELLO,
    answer: () => answer(),
    changed() {},
  });
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await share.turn(false);
  folder.remove();
});

async function look(): Promise<WebSocket> {
  const { port, hash } = new URL(share.state?.urls[0] as string);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/feed`, ['wirescope', hash.replace('#token=', '')]);
  sockets.push(socket);
  await once(socket, 'open');
  return socket;
}
const ask = (socket: WebSocket, id: number) => socket.send(callMessage(id, { op: 'usage' } satisfies Call));

it('answers what all viewers ask one after the other', async () => {
  await share.turn(true);
  let at = 0;
  let most = 0;
  answer = async () => {
    most = Math.max(most, ++at);
    await new Promise((resolve) => setImmediate(resolve));
    at--;
  };
  let replies = 0;
  for (const socket of [await look(), await look()]) {
    socket.on('message', (data: Buffer) => {
      if (data[0] === MESSAGE.reply) replies++;
    });
    for (let id = 1; id <= 20; id++) ask(socket, id);
  }
  await expect.poll(() => replies).toBe(40);
  expect(most).toBe(1);
});

it('lets a viewer go that does not read its answers', async () => {
  await share.turn(true);
  // More than the sockets on both sides hold by themselves, and what may wait here.
  const large = 'x'.repeat(1024 * 1024);
  answer = async () => large;
  const socket = await look();
  socket.pause();
  for (let id = 1; id <= 60; id++) ask(socket, id);
  // It has ten seconds to answer the close, which it does not read either.
  await expect.poll(() => share.state?.viewers, { timeout: 40_000 }).toBe(0);
});
