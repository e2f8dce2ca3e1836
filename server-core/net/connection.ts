/**
 * One connection: read, parse, handle, write, then the next request or close.
 *
 * Requests are served strictly in turn (RFC 9112 §9.3.2): bytes of a pipelined request wait, and past a mark
 * the socket is paused, until the response before it was handed to the kernel. Every way out ends in `#gone`,
 * which frees the body, the timers and the handler's listeners exactly once.
 */
import type { Socket } from 'node:net';
import type { CloseReason } from '../capture/events.ts';
import { faultResponse, problemResponse } from '../http/error-page.ts';
import { faultError, HttpError } from '../http/errors.ts';
import { expectationOf } from '../http/expectation.ts';
import type { Request } from '../http/request.ts';
import type { Response } from '../http/response.ts';
import type { Fault } from '../wire/faults.ts';
import type { Head, Http1Sink } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import { Http1Parser } from '../wire/http1/parser.ts';
import { parseTarget } from '../wire/http1/target.ts';
import { answerTo, discard } from './answer.ts';
import { Backlog } from './backlog.ts';
import type { Deadline, DeadlineKind } from './deadlines.ts';
import { abandon, type Exchange, newExchange } from './exchange.ts';
import { IncomingRequest, type RequestConnection } from './incoming-request.ts';
import { noteObsText } from './obs-text.ts';
import { Outlet } from './outlet.ts';
import { IncomingBody } from './request-body.ts';
import type { Site } from './site.ts';
import { isTlsError, tlsProblem } from './tls/failures.ts';
import { SwitchedSocket } from './upgraded-stream.ts';

const MAKE_ROOM_MS = 1_000;
const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n', 'latin1');

export class Connection implements Http1Sink {
  readonly id: number;
  readonly #socket: Socket;
  readonly #site: Site;
  readonly #parser: Http1Parser;
  readonly #deadline: Deadline;
  readonly #outlet: Outlet;
  readonly #backlog: Backlog;
  readonly #itself: RequestConnection;
  #exchange: Exchange | undefined;
  /** The chunk being parsed, and the stream offset of its first byte: for slicing content out of it. */
  #chunk: Uint8Array | undefined;
  #chunkStart = 0;
  #bytesIn = 0;
  /** A request came on it. */
  #begun = false;
  #finished = false;
  #lingering = false;
  #clientEnded = false;
  #switched: SwitchedSocket | undefined;
  #reason: CloseReason | undefined;
  #detail: string | undefined;
  readonly #onGone: () => void;

  /** @param opened its number, where the capture was told of it before */
  constructor(socket: Socket, site: Site, onGone: () => void, opened?: number) {
    this.#socket = socket;
    this.#site = site;
    this.#onGone = onGone;
    this.#parser = new Http1Parser('request', this, site.leniencies);
    if (opened === undefined) site.counters.connections++;
    const { remoteAddress = '', remotePort = 0, localPort = 0 } = socket;
    this.id = opened ?? site.tap.opened(site.id, remoteAddress, remotePort, localPort);
    this.#deadline = site.deadlines.watch((kind) => this.#late(kind));
    this.#outlet = new Outlet(socket, site, this.id, () => this.#late('write'));
    this.#backlog = new Backlog(socket, site.limits.maxPipelinedBytes);
    this.#itself = { id: this.id, socket, outlet: this.#outlet, site };
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('end', () => this.#ended());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#failed(error));
    socket.on('close', () => this.#gone());
  }

  /** Called once, when it is this connection's turn to be read. */
  start(): void {
    this.#socket.resume();
    this.#site.deadlines.arm(this.#deadline, 'idle', this.#site.limits.idleMs);
  }

  /** Others wait for this connection to end: it serves what was asked and no more. */
  makeRoom(): void {
    if (this.#exchange) this.#exchange.persist = false;
    else if (this.#parser.offset > 0) this.#close('server-fin');
    // It was opened but nothing came yet: a short while longer, since its request may be under way.
    else this.#site.deadlines.arm(this.#deadline, 'idle', MAKE_ROOM_MS);
  }

  /** Bytes written that the kernel has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  get idle(): boolean {
    return this.#exchange === undefined;
  }

  /** Ends after the response in hand; at once when there is none. */
  stop(): void {
    if (!this.#exchange) this.#close('server-stop');
    else this.#exchange.persist = false;
  }

  destroy(reason: CloseReason): void {
    this.#reason ??= reason;
    if (reason === 'server-reset') this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (this.#reason !== undefined) return;
    if (isTlsError(error)) this.#detail = tlsProblem(error);
    const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    this.#reason = this.#detail !== undefined ? 'tls-error' : reset ? 'client-reset' : 'error';
  }

  // ---- reading -------------------------------------------------------------------------------------------

  #read(chunk: Uint8Array): void {
    this.#site.counters.bytesIn += chunk.length;
    this.#site.tap.bytes(this.id, 'in', this.#bytesIn, chunk);
    this.#bytesIn += chunk.length;
    if (this.#switched) this.#switched.deliver(chunk);
    else if (!this.#lingering) this.#parse(chunk);
  }

  #parse(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length && !this.#lingering) {
      if (this.#switched) return this.#switched.deliver(chunk.subarray(from));
      if (this.#exchange?.requestEnded) return this.#backlog.hold(chunk.subarray(from));
      this.#chunk = chunk;
      this.#chunkStart = this.#parser.offset - from;
      const consumed = this.#parser.push(chunk, from);
      this.#chunk = undefined;
      if (consumed === 0) return;
      from += consumed;
    }
  }

  /** The client sent FIN. It may still read: what it asked for is answered first. */
  #ended(): void {
    this.#clientEnded = true;
    if (this.#switched || this.#lingering) return void this.#socket.end();
    if (this.#backlog.bytes > 0) return;
    if (this.#exchange?.requestEnded) {
      this.#exchange.persist = false;
      return;
    }
    this.#parser.finish();
    if (!this.#lingering && !this.#exchange) this.#close('client-fin');
  }

  // ---- what the parser says ------------------------------------------------------------------------------

  span(): void {}

  begin(at: number): void {
    this.#exchange = this.#newExchange(at);
    this.#site.deadlines.arm(this.#deadline, 'head', this.#site.limits.headMs);
  }

  #newExchange(at: number): Exchange {
    const { counters, tap } = this.#site;
    counters.requests++;
    if (this.#begun) counters.reused++;
    this.#begun = true;
    return newExchange(tap.begin(this.id, at), counters.now());
  }

  head(head: Head): void {
    const exchange = this.#exchange;
    if (!exchange || head.role !== 'request') return;
    const { tap, deadlines, limits } = this.#site;
    tap.request(this.id, exchange.id, head.start, head.end, head.method, head.target, head.version);
    exchange.expectation = expectationOf(head);
    // A client that waits for 100 (Continue) is not late before it has it.
    if (head.framing.kind === 'none' || exchange.expectation === 'continue') deadlines.disarm(this.#deadline);
    else deadlines.arm(this.#deadline, 'body', limits.bodyMs);
    const target = parseTarget(head.method, head.target);
    if (!target) {
      exchange.persist = false;
      return this.fault({ code: 'target-invalid', at: head.start });
    }
    if (head.framing.kind !== 'none') exchange.body = this.#newBody(exchange);
    const request = new IncomingRequest(head, target, exchange, this.#itself);
    exchange.request = request;
    noteObsText(request);
    this.#dispatch(exchange, request);
  }

  body(start: number, end: number): void {
    const exchange = this.#exchange;
    if (!exchange?.body || !this.#chunk) return;
    const { deadlines, limits } = this.#site;
    const earnedMs = ((end - start) / limits.minBytesPerSecond) * 1000;
    deadlines.putOff(this.#deadline, earnedMs, limits.bodyMs);
    if (exchange.body.wantsMore) {
      exchange.body.push(this.#chunk.subarray(start - this.#chunkStart, end - this.#chunkStart));
      return;
    }
    exchange.droppedBytes += end - start;
    if (exchange.droppedBytes > this.#site.limits.maxDroppedBodyBytes) this.#close('server-fin');
  }

  trailers(fields: Fields): void {
    if (this.#exchange) this.#exchange.trailers = fields;
  }

  end(at: number): void {
    const exchange = this.#exchange;
    if (!exchange) return;
    exchange.requestEnded = true;
    this.#site.tap.requestEnd(this.id, exchange.id, at);
    if (!exchange.responseStarted) this.#site.deadlines.disarm(this.#deadline);
    exchange.body?.end();
    this.#next(exchange);
  }

  fault(fault: Fault): void {
    this.#finished = true;
    const exchange = this.#exchange ?? this.#newExchange(fault.at);
    this.#site.counters.faults++;
    this.#exchange = exchange;
    this.#site.tap.fault(this.id, exchange.id, fault.code, 'in', fault.at);
    // Framing is lost: nothing after this byte can be told from content, so it is never read as a request.
    exchange.persist = false;
    exchange.requestEnded = true;
    if (exchange.counted) {
      exchange.body?.fail(faultError(fault.code));
      this.#next(exchange);
      return;
    }
    if (fault.code === 'connection-closed-early' && !exchange.request) {
      exchange.responseSent = true;
      this.#site.tap.responseEnd(this.id, exchange.id, this.#outlet.offset, false);
      return this.#close('client-fin');
    }
    void this.#respond(exchange, faultResponse(fault.code, fault.at));
  }

  // ---- handling ------------------------------------------------------------------------------------------

  #newBody(exchange: Exchange): IncomingBody {
    const { deadlines, limits, tap } = this.#site;
    let resting = false;
    return new IncomingBody(limits.maxUnreadBodyBytes, {
      wanted: () => {
        // RFC 9110 §10.1.1: only to a client that asked, and only while no final answer was begun.
        if (exchange.expectation !== 'continue' || exchange.responseStarted || exchange.requestEnded) return;
        exchange.continued = true;
        tap.mark(this.id, exchange.id, 'note', 'Sent 100 (Continue), since the content is asked for');
        this.#outlet.write(CONTINUE);
        if (!resting) deadlines.arm(this.#deadline, 'body', limits.bodyMs);
      },
      full: (full) => {
        resting = full;
        this.#backlog.contentFull(full);
        // While the handler makes the client wait, the client is not late.
        if (full) deadlines.disarm(this.#deadline);
        else if (!exchange.requestEnded) deadlines.arm(this.#deadline, 'body', limits.bodyMs);
      },
    });
  }

  #dispatch(exchange: Exchange, request: Request): void {
    exchange.counted = true;
    this.#site.counters.inFlight++;
    const answer = answerTo(request, exchange, this.#site.handler);
    if (answer instanceof Promise) void answer.then((response) => this.#respond(exchange, response));
    else void this.#respond(exchange, answer);
  }

  /** Sends the response; resolves when its last byte was handed over. Never rejects. */
  #respond(exchange: Exchange, response: Response): void | Promise<void> {
    if (this.#socket.destroyed || exchange.responseStarted) return discard(response);
    exchange.responseStarted = true;
    // RFC 9110 §10.1.1: a client that was not told to go on may send its content or skip it; only a close is clear.
    const expects = exchange.expectation !== 'none' && !exchange.continued;
    if (expects && !exchange.requestEnded && exchange.body) exchange.persist = false;
    const persist = exchange.persist && !this.#clientEnded && !this.#site.mustClose();
    let sent: ReturnType<Outlet['send']>;
    try {
      sent = this.#outlet.send(exchange, response, persist);
    } catch (error) {
      // The handler's own fields were unfit to send; nothing went out yet.
      discard(response);
      sent = this.#outlet.send(exchange, problemResponse(error, exchange.request), false);
    }
    if (response.status === 101 && response.upgrade) return this.#switch(response.upgrade);
    if (sent instanceof Promise) return sent.then((whole) => this.#sent(exchange, whole));
    this.#sent(exchange, true);
  }

  #sent(exchange: Exchange, whole: boolean): void {
    if (!whole) return this.destroy(exchange.reset ? 'server-reset' : 'error');
    exchange.responseSent = true;
    this.#site.counters.answered(exchange.since);
    if (!exchange.requestEnded) {
      exchange.body?.drop();
      if (!exchange.persist) return this.#finish(exchange);
    }
    this.#next(exchange);
  }

  /** Both halves done: on to the next request, or close. */
  #next(exchange: Exchange): void {
    if (!exchange.responseSent || !exchange.requestEnded) return;
    this.#finish(exchange);
  }

  #finish(exchange: Exchange): void {
    if (exchange.counted) this.#site.counters.inFlight--;
    exchange.counted = false;
    this.#exchange = undefined;
    if (this.#lingering) return;
    if (!exchange.persist || this.#finished) return this.#close('server-fin');
    this.#site.deadlines.arm(this.#deadline, 'idle', this.#site.limits.idleMs);
    if (this.#backlog.bytes > 0) return this.#release();
    if (this.#clientEnded) this.#close('client-fin');
  }

  #release(): void {
    for (const bytes of this.#backlog.take()) this.#parse(bytes);
    this.#backlog.throttle();
    if (this.#clientEnded && this.#backlog.bytes === 0) this.#ended();
  }

  #switch(upgrade: NonNullable<Response['upgrade']>): void {
    this.#site.deadlines.disarm(this.#deadline);
    const switched = new SwitchedSocket(this.#socket, (bytes) => this.#outlet.write(bytes));
    this.#switched = switched;
    for (const bytes of this.#backlog.take()) switched.deliver(bytes);
    upgrade(switched);
    // Its FIN came while the answer was in the making.
    if (this.#clientEnded) this.#socket.end();
  }

  // ---- ending --------------------------------------------------------------------------------------------

  #late(kind: DeadlineKind): void {
    const exchange = this.#exchange;
    if (exchange) this.#site.tap.mark(this.id, exchange.id, 'timeout', `The ${kind} deadline passed`);
    if (kind === 'linger') return void this.#socket.destroy();
    if (kind === 'write') return this.destroy('write-timeout');
    if (kind === 'idle' || !exchange) return this.#close('idle-timeout');
    this.#reason ??= kind === 'head' ? 'head-timeout' : 'body-timeout';
    exchange.persist = false;
    exchange.requestEnded = true;
    this.#finished = true;
    const what = kind === 'head' ? 'head' : 'content';
    const late = new HttpError(408, `The ${what} of the request did not arrive in time`);
    if (exchange.counted) {
      exchange.body?.fail(late);
      // The answer may be out already, and then nobody else ends this.
      this.#next(exchange);
    } else void this.#respond(exchange, problemResponse(late, exchange.request));
  }

  /**
   * Sends FIN and goes on reading for a while. RFC 9112 §9.6: closing with unread bytes would reset the
   * connection, and the reset can destroy the response before the client has read it.
   */
  #close(reason: CloseReason): void {
    if (this.#lingering) return;
    this.#reason ??= reason;
    this.#lingering = true;
    this.#backlog.take();
    this.#socket.end();
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#site.deadlines.arm(this.#deadline, 'linger', this.#site.limits.lingerMs);
  }

  #gone(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#lingering = true;
    this.#site.deadlines.unwatch(this.#deadline);
    this.#switched?.closed();
    if (exchange?.counted) this.#site.counters.inFlight--;
    if (exchange && !exchange.responseSent) {
      abandon(exchange);
      this.#site.tap.responseEnd(this.id, exchange.id, this.#outlet.offset, this.#switched !== undefined);
    }
    this.#outlet.gone();
    const reason = this.#reason ?? 'client-fin';
    this.#site.tap.closed(this.id, reason, this.#bytesIn, this.#outlet.offset, this.#detail);
    this.#onGone();
  }
}
