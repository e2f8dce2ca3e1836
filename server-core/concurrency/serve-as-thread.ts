/** A thread of a server: runs handlers for the loop, which owns the connections. */
import { parentPort, workerData } from 'node:worker_threads';
import { ConnectionReset } from '../http/byte-source.ts';
import { problemResponse } from '../http/error-page.ts';
import type { ByteSource, Response } from '../http/response.ts';
import type { Answers } from '../net/carrier.ts';
import type { MakeSite } from './child-server.ts';
import { Outbox } from './outbox.ts';
import {
  type FromThread,
  movable,
  type SentBody,
  type SentRequest,
  type ToThread,
} from './thread-messages.ts';
import { ThreadRequest } from './thread-request.ts';
import { ThreadStream } from './thread-stream.ts';

const outbox = new Outbox<FromThread>((messages, move) => parentPort!.postMessage(messages, move));

function tell(message: FromThread, move?: ArrayBuffer): void {
  outbox.put(message, move);
}

export async function serveAsThread(make: MakeSite): Promise<void> {
  const early: ToThread[] = [];
  let take: (message: ToThread) => void = (message) => early.push(message);
  parentPort!.on('message', (messages: readonly ToThread[]) => {
    for (const message of messages) take(message);
  });
  const { answers } = await make(workerData, {
    problem: (sentence) => tell({ t: 'problem', sentence }),
    say: (text) => tell({ t: 'say', text }),
  });
  const thread = new Thread(answers);
  take = (message) => thread.take(message);
  tell({ t: 'ready' });
  for (const message of early) take(message);
}

/** What a request holds here, as long as it needs it. */
interface Task {
  readonly request: ThreadRequest;
  source?: ByteSource;
  chunks?: AsyncIterator<Uint8Array>;
  stream?: ThreadStream;
}

class Thread {
  readonly #answers: Answers;
  readonly #tasks = new Map<number, Task>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  take(message: ToThread): void {
    if (message.t === 'request') return void this.#answer(message.id, message.request);
    if (message.t === 'finish') return this.#answers.finish();
    const task = this.#tasks.get(message.id);
    if (!task) return;
    switch (message.t) {
      case 'content':
      case 'content-end':
      case 'content-failed':
        return task.request.took(message);
      case 'abort':
        return task.request.abort();
      case 'next':
        return void this.#next(message.id, task);
      case 'close':
        this.#tasks.delete(message.id);
        return task.source?.close();
      case 'data':
        return task.stream?.took(message.bytes);
      case 'wrote':
        return task.stream?.wrote(message.bytes);
      case 'closed':
        this.#tasks.delete(message.id);
        return task.stream?.closed();
    }
  }

  async #answer(id: number, sent: SentRequest): Promise<void> {
    const request = new ThreadRequest(id, sent, tell);
    const task: Task = { request };
    this.#tasks.set(id, task);
    let response: Response;
    try {
      response = await this.#answers.handler(request);
    } catch (error) {
      response = problemResponse(error, request);
    }
    this.#send(id, task, response);
  }

  #send(id: number, task: Task, { status, reason, fields, close, upgrade, body }: Response): void {
    const isUpgrade = status === 101 && upgrade !== undefined;
    const isSource = body !== undefined && !(body instanceof Uint8Array);
    if (isSource) task.source = body;
    else if (!isUpgrade) this.#tasks.delete(id);
    const bytes = body instanceof Uint8Array ? movable(body) : undefined;
    const sent: SentBody | undefined = isSource
      ? { length: body.length, trailerNames: body.trailerNames }
      : bytes;
    const response = { status, reason, fields, close: close ?? false, upgrade: isUpgrade, body: sent };
    tell({ t: 'response', id, response }, bytes?.buffer);
    // The loop would ask for the first piece at once; it never does for what has no content on the wire.
    if (isSource && task.request.method !== 'HEAD' && status !== 304) void this.#next(id, task);
    if (!isUpgrade) return;
    task.stream = new ThreadStream(id, tell);
    upgrade(task.stream);
  }

  async #next(id: number, task: Task): Promise<void> {
    if (!task.source) return;
    try {
      task.chunks ??= task.source.chunks()[Symbol.asyncIterator]();
      const { done, value } = await task.chunks.next();
      if (done) return tell({ t: 'chunk-end', id, trailers: task.source.trailers?.() ?? [] });
      const bytes = movable(value);
      tell({ t: 'chunk', id, bytes }, bytes.buffer);
    } catch (error) {
      const reset = error instanceof ConnectionReset;
      tell({ t: 'chunk-failed', id, text: (error as Error).message, reset });
    }
  }
}
