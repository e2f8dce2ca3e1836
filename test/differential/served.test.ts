/**
 * The same requests, good and bad, to a whole served site. Whatever comes, it answers what it should, closes in
 * time, reads no request out of what it refused, and serves the next one as if nothing had been.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SITE_DEFAULTS, siteHandler } from '../../server-core/host/site-handler.ts';
import type { Http1Sink } from '../../server-core/wire/http1/events.ts';
import { Http1Parser } from '../../server-core/wire/http1/parser.ts';
import { RawClient } from '../net/raw-client.ts';
import { type Served, serve } from '../net/serve.ts';
import { corpusRequests, HAS_CORPUS } from '../support/corpus.ts';
import { makeFolder } from '../support/folder.ts';
import { escapeRuns } from '../wire/escapes.ts';
import { classRequests, fixtureRequests } from './fixtures.ts';
import { readByUs } from './ours.ts';

const SOON = { headMs: 750, bodyMs: 750, idleMs: 750, lingerMs: 100 };
const AT_ONCE = 400;

let folder: ReturnType<typeof makeFolder>;
let served: Served;

beforeAll(async () => {
  folder = makeFolder({ 'index.html': '<p>home', next: 'next', a: 'a' });
  // Bound to a name that the requests use, as --host does.
  const { handler } = siteHandler({ kind: 'folder', root: folder.path }, SITE_DEFAULTS, 'a');
  served = await serve(handler, { limits: SOON });
});
afterAll(async () => {
  await served.stop();
  folder.remove();
});

interface Answer {
  readonly status: number;
  readonly closes: boolean;
}

/** What the server sent, read as responses to these methods. Throws when it is no HTTP, or a response is not whole. */
function answersIn(received: string, methods: readonly string[]): Answer[] {
  const answers: Answer[] = [];
  const bytes = Buffer.from(received, 'latin1');
  let ended = 0;
  const sink: Http1Sink = {
    span() {},
    begin() {},
    head(head) {
      if (head.role !== 'response' || head.status < 200) return;
      const closes = head.fields.all('connection')?.toLowerCase() === 'close';
      answers.push({ status: head.status, closes });
    },
    body() {},
    trailers() {},
    end() {
      ended++;
    },
    fault({ code, at }) {
      throw new Error(`${code} at byte ${at} of the response`);
    },
  };
  const parser = new Http1Parser('response', sink);
  for (let at = 0; at < bytes.length; ) {
    const method = methods[answers.length];
    if (method !== undefined) parser.expect({ method });
    at += parser.push(bytes, at);
  }
  parser.finish();
  if (ended < answers.length) throw new Error('A response is not whole');
  return answers;
}

/** What is wrong with how the site treats these bytes; undefined when nothing is. */
async function wrongWith(bytes: Uint8Array): Promise<string | undefined> {
  const { messages, ending, inContent } = readByUs(bytes);
  const client = await RawClient.open(served.port);
  await client.send(bytes);
  const received = await client.rest();
  client.close();
  try {
    const answers = answersIn(
      received,
      messages.map(({ method }) => method),
    );
    const closing = answers.findIndex(({ closes }) => closes);
    if (closing >= 0 && closing < answers.length - 1) return 'it answers behind an answer that closes';
    // An answer to what was cut short may be due (405 before the content, 408) or not (nothing was asked).
    const most = messages.length + (ending === 'ends' || ending === 'unexpected-bytes' ? 0 : 1);
    if (answers.length > most) return `${answers.length} answers to ${most} requests`;
    if (ending === 'ends' && answers.length < most && closing < 0) return 'a request is not answered';
    const refused = ending !== 'ends' && ending !== 'waits' && ending !== 'unexpected-bytes';
    if (refused && answers.length < most && closing < 0) return 'what is wrong is not answered';
    // To a good head the answer may be on its way before its content turns out wrong.
    const refusal = (answers[closing]?.status ?? 0) >= 400;
    if (refused && !inContent && !refusal) return 'what is wrong is not refused';
    return answers.some(({ status }) => status === 500) ? '500' : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function check(requests: readonly Uint8Array[]): Promise<void> {
  const problems: Record<string, string> = {};
  for (let i = 0; i < requests.length; i += AT_ONCE) {
    await Promise.all(
      requests.slice(i, i + AT_ONCE).map(async (bytes) => {
        const problem = await wrongWith(bytes);
        if (problem !== undefined) problems[escapeRuns(bytes)] = problem;
      }),
    );
    const client = await RawClient.open(served.port);
    await client.send('GET /next HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 200, body: 'next' });
    client.close();
  }
  expect(problems).toEqual({});
  await expect.poll(() => [served.counters.inFlight, served.listener.openConnections]).toEqual([0, 0]);
}

describe('a served site comes through', { timeout: 60_000 }, () => {
  it('our fixtures', () => check(fixtureRequests()));

  it('classes of requests', () => check(classRequests()));

  it.skipIf(!HAS_CORPUS)('requests of public suites (WIRESCOPE_CORPUS names their folder)', () =>
    check(corpusRequests('a').map(({ bytes }) => bytes)),
  );
});
