/**
 * How each lab is done rightly where neither its command nor its bytes do it, and how it is done wrongly: near to what
 * it asks for, and not that.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { RawClient } from '../net/raw-client.ts';
import type { Learner } from './lab-learner.ts';

type Act = (learner: Learner) => Promise<void>;

/** By lab and task. */
export const RIGHT: Readonly<Record<string, Act>> = {
  'content-length/short': (learner) =>
    learner.send('POST /api/echo HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10\r\n\r\nhello', {
      finish: true,
    }),
  'six/at-once': (learner) => askForEight(learner, 'at-once'),
  'six/eight': (learner) => askForEight(learner, 'eight'),
  'six/reused': async () => {},
  'models/event-loop': (learner) => learner.get('/'),
  'models/iterative': (learner) => servedBy(learner, 'iterative'),
  'models/process': (learner) => servedBy(learner, 'process'),
  'models/prefork': (learner) => servedBy(learner, 'prefork'),
  'models/threads': async (learner) => {
    await servedBy(learner, 'threads');
    // As the other labs expect it.
    await choose(learner, 'event-loop');
  },
  'conditional/revalidated': (learner) =>
    learner.press('/caching.html', 'Ask if it changed', 'Ask if it changed'),
  'caching/anew': (learner) => learner.press('/caching.html', 'Read it anew'),
  'media/begin': (learner) => sounds(learner),
  'media/skip': (learner) => learner.site.getByRole('button', { name: 'Jump to 9:00' }).click(),
  'cors/preflight': async (learner) => {
    const page = await learner.visit('/origins.html');
    await page.locator('[data-ask="PUT open"]').click();
  },
  'cors/refused': (learner) => learner.site.locator('[data-ask="PUT closed"]').click(),
  'tls/secured': async (learner) => {
    await overHttps(learner, true);
    const asked = get(learner.window.url.replace('http:', 'https:'), {
      agent: false,
      rejectUnauthorized: false,
    });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    await overHttps(learner, false);
  },
  'websocket/frames': async (learner) => {
    const page = await learner.visit('/streams.html');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('HELLO, WIRE').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
  },
};

/** By lab: an act that ticks none of its tasks, and how many exchanges it makes. */
export const WRONG: Readonly<Record<string, readonly [exchanges: number, act: Act]>> = {
  server: [1, (learner) => learner.send('GET / HT', { finish: true })],
  'by-hand': [1, (learner) => learner.get('/', 'User-Agent: by hand', 'X-Other: hello')],
  status: [1, (learner) => learner.get('/api/found')],
  'media-types': [1, (learner) => learner.get('/img/tile-01.svg')],
  'content-length': [
    1,
    (learner) =>
      learner.send(
        'PUT /api/echo HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello',
      ),
  ],
  pieces: [1, (learner) => learner.send('GET / HT', { finish: true })],
  chunked: [1, (learner) => learner.get('/api/time')],
  lines: [1, (learner) => learner.send('GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n')],
  'too-large': [1, (learner) => learner.get('/nowhere')],
  versions: [1, (learner) => learner.send('GET / HTTP/1.1\r\nHost: {host}\r\n\r\n', { finish: true })],
  'keep-alive': [
    2,
    async (learner) => {
      await learner.get('/');
      await learner.get('/');
    },
  ],
  pipelining: [2, inTurn],
  six: [1, (learner) => learner.get('/api/slow?ms=1')],
  models: [1, (learner) => learner.send('GET / HT', { finish: true })],
  slowloris: [1, (learner) => learner.get('/')],
  'back-pressure': [1, (learner) => learner.get('/api/time')],
  conditional: [1, (learner) => learner.get('/api/time')],
  caching: [1, (learner) => learner.get('/api/greeting')],
  ranges: [1, (learner) => learner.get('/data/primes.txt')],
  media: [1, (learner) => learner.get('/media/steps.wav', 'Range: bytes=5-9')],
  compression: [1, (learner) => learner.get('/data/specimen.txt')],
  negotiation: [1, (learner) => learner.get('/api/greeting', 'Accept: text/plain')],
  cookies: [1, (learner) => learner.get('/api/time', 'Cookie: visits=1')],
  redirects: [1, (learner) => learner.get('/api/arrived')],
  forms: [1, (learner) => learner.get('/api/arrived')],
  cors: [1, (learner) => learner.get('/api/open')],
  basic: [1, (learner) => learner.get('/')],
  hosts: [1, (learner) => learner.send('GET / HTTP/1.1\r\n\r\n')],
  events: [1, (learner) => learner.get('/api/time')],
  traversal: [1, (learner) => learner.get('/formats/')],
  smuggling: [1, (learner) => learner.send('GET / HTTP/1.1\r\n\r\n')],
  websocket: [1, (learner) => learner.get('/api/time', 'Upgrade: websocket')],
  tls: [1, (learner) => learner.get('/')],
};

/** Once for both tasks; again where a busy machine kept them from being under way together, or took too long. */
async function askForEight(learner: Learner, task: string): Promise<void> {
  for (let times = 0; times < 4; times++) {
    if (task === 'at-once' || times > 0) await learner.press('/parallel.html', 'Ask for eight slow answers');
    if (await learner.isTicked(task)) return;
  }
}

/** Two requests on one connection, the second after the answer to the first. */
async function inTurn(learner: Learner): Promise<void> {
  const client = await RawClient.open(learner.window.port);
  for (const target of ['/api/time', '/api/time?again']) {
    await client.send(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${learner.window.port}\r\n\r\n`);
    await client.response();
  }
  client.close();
}

async function servedBy(learner: Learner, model: string): Promise<void> {
  await choose(learner, model);
  await learner.get('/api/time');
  await learner.get('/api/time');
}

/** As a person does it, in the row of the server. */
async function choose({ window }: Learner, model: string): Promise<void> {
  await window.tab('Traffic');
  const button = window.serverRow().locator('.model');
  await button.click();
  await window.page.getByRole('menuitemradio', { name: new RegExp(`^${model}`) }).click();
  await button.getByText(new RegExp(`${model}$`)).waitFor();
  await window.tab('Learn');
}

async function overHttps({ window }: Learner, isOn: boolean): Promise<void> {
  await window.tab('Traffic');
  await window.serverRow().getByTitle('Settings').click();
  const dialog = window.page.getByRole('dialog');
  const https = dialog.getByRole('switch', { name: 'HTTPS' });
  if ((await https.getAttribute('aria-checked')) !== String(isOn)) await https.click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText('Kept until the command ends.').waitFor();
  await window.page.keyboard.press('Escape');
  await window.tab('Learn');
}

/** Its length is known once the player has read the head. */
async function sounds(learner: Learner): Promise<void> {
  const page = await learner.visit('/media.html');
  await page.waitForFunction(() => document.querySelector('audio')?.duration === 600);
}
