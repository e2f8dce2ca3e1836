/**
 * One request on its way to the origin, and the response on its way back.
 *
 * Both directions stream and push back: content of the request is read from the client as the origin takes it, and
 * the origin is read as the client takes what it sends. Whatever ends the exchange early (the client leaves, a
 * deadline passes, bytes that are no HTTP) ends in `#end`, which gives the connection up exactly once.
 */
import type { Request } from '../../http/request.ts';
import type { ByteSource, FieldPair, Response } from '../../http/response.ts';
import { mayBeTrailer } from '../../http/trailer-names.ts';
import type { ResponseHead } from '../../wire/http1/events.ts';
import type { Fields } from '../../wire/http1/fields.ts';
import type { Deadline, DeadlineKind, Deadlines } from '../deadlines.ts';
import { IncomingBody } from '../request-body.ts';
import { endToEnd, listed } from './hop-by-hop.ts';
import type { Origin } from './origin.ts';
import type { OriginConnection, ResponseSink } from './origin-connection.ts';
import type { OriginPool } from './origin-pool.ts';
import { OriginProblem, problemAnswer } from './origin-problem.ts';
import type { ProxyLimits } from './proxy-limits.ts';
import { askedUpgrade, originRequestHead, originTarget, type RequestHeadOptions } from './request-head.ts';
import { clientFields, saidLength } from './response-head.ts';
import { Tunnel } from './tunnel.ts';
import { Upload } from './upload.ts';

/** What the requests to one origin share. */
export interface ProxySite {
  readonly origin: Origin;
  readonly pool: OriginPool;
  readonly limits: ProxyLimits;
  readonly deadlines: Deadlines;
  readonly fields: RequestHeadOptions;
}

/** RFC 9110 §9.2.2: doing them twice is no different from doing them once. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Each hop frames its own messages. */
const FRAMING: ReadonlySet<string> = new Set(['content-length']);

export class Relay implements ResponseSink {
  readonly #request: Request;
  readonly #site: ProxySite;
  readonly #deadline: Deadline;
  #connection: OriginConnection | undefined;
  #retried = false;
  #over = false;
  #requestSent = false;
  #answer: (response: Response) => void = () => {};
  #refuse: (error: unknown) => void = () => {};
  #answerDue = true;
  #trailers: readonly FieldPair[] = [];
  /** Content of the response between the origin and the client. */
  #body: IncomingBody | undefined;
  /** The origin is not read, since the client does not keep up. */
  #paused = false;
  #idleMs: number | undefined;
  #upload: Upload | undefined;
  #tunnel: Tunnel | undefined;

  constructor(request: Request, site: ProxySite) {
    this.#request = request;
    this.#site = site;
    this.#deadline = site.deadlines.watch((kind) => this.#late(kind));
  }

  /** Called once. Resolves to the origin's response or an error page; rejects when the client's content broke off. */
  run(): Promise<Response> {
    this.#request.onAbort(() => this.#clientGone());
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#refuse = reject;
      void this.#begin(false);
    });
  }

  async #begin(fresh: boolean): Promise<void> {
    const { pool, origin, fields } = this.#site;
    const request = this.#request;
    try {
      const head = originRequestHead(request, origin, fields);
      const connection = await pool.take(fresh, () => !this.#over);
      if (!connection) return;
      if (this.#over) return pool.release(connection, undefined);
      this.#connection = connection;
      connection.send(request.method, head, this);
      if (request.tracing) {
        const nth = connection.exchanges;
        const how = nth === 1 ? 'a new connection' : `a kept connection, its request no. ${nth}`;
        request.mark(
          'route',
          `${request.method} ${originTarget(request, origin)} to ${origin.authority} over ${how}`,
        );
      }
      void this.#send(connection);
    } catch (error) {
      if (error instanceof OriginProblem) this.failed(error);
      else this.#stop(error);
    }
  }

  async #send(connection: OriginConnection): Promise<void> {
    const { limits, deadlines } = this.#site;
    const upload = new Upload(this.#request, connection, limits.continueMs, {
      answered: () => this.#body !== undefined,
      waiting: (yes) => {
        const detail = yes
          ? 'The origin does not take the content as fast as it comes'
          : 'The origin has taken it';
        this.#request.mark(yes ? 'drain-wait' : 'drained', detail);
        if (yes) this.#arm('write', limits.writeMs);
        else if (this.#body) this.#arm('body', limits.silenceMs);
        else deadlines.disarm(this.#deadline);
      },
    });
    this.#upload = upload;
    connection.onDrain = () => upload.wake();
    try {
      this.#requestSent = await upload.run();
    } catch (error) {
      return this.#stop(error);
    }
    if (this.#requestSent && !this.#body) this.#arm('head', limits.answerMs);
  }

  // ---- the response --------------------------------------------------------------------------------------

  interim(head: ResponseHead): void {
    if (head.status === 101) return this.#switched(head);
    if (head.status === 100) {
      this.#request.mark('note', 'The origin says 100 (Continue)');
      return this.#upload?.wake();
    }
    // RFC 9110 §15.2: a proxy forwards what it did not ask for itself.
    this.#request.inform(head.status, endToEnd(head.fields, FRAMING));
  }

  head(head: ResponseHead): void {
    const request = this.#request;
    const { origin, fields, limits } = this.#site;
    request.mark('first-byte', `The origin answers ${head.status}`);
    this.#idleMs = keptFor(head);
    const body = new IncomingBody(limits.maxUnreadBytes, {
      wanted: () => {},
      full: (full) => this.#full(full),
    });
    this.#body = body;
    this.#arm('body', limits.silenceMs);
    const source: ByteSource = {
      length: saidLength(head),
      chunks: () => body.chunks(),
      trailers: () => this.#trailers,
      close: () => this.#sourceClosed(),
    };
    this.#answerDue = false;
    this.#answer({
      status: head.status,
      ...(head.reason === '' ? {} : { reason: head.reason }),
      fields: clientFields(head, request, origin, fields),
      body: source,
    });
    // Content that waits for 100 (Continue) waits in vain.
    this.#upload?.wake();
  }

  content(bytes: Uint8Array): void {
    this.#arm('body', this.#site.limits.silenceMs);
    this.#body?.push(bytes);
  }

  trailers(fields: Fields): void {
    // RFC 9110 §6.5.1 lets a recipient forward them as trailers. What may not stand there is left out alone.
    this.#trailers = endToEnd(fields, FRAMING).filter(([name]) => mayBeTrailer(name));
  }

  end(persists: boolean): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#end(() => this.#body?.end());
    if (!connection) return;
    // Without its request whole, the connection has room for nothing but the rest of it.
    if (persists && this.#requestSent) this.#site.pool.release(connection, this.#idleMs);
    else connection.destroy();
  }

  failed(problem: OriginProblem): void {
    if (this.#mayRetry(problem)) {
      this.#retried = true;
      this.#connection = undefined;
      this.#request.mark('note', `${problem.detail}, on a kept connection: tried again on a new one`);
      void this.#begin(true);
      return;
    }
    const kind = problem.kind === 'silence' || problem.kind.endsWith('timeout') ? 'timeout' : 'note';
    this.#request.mark(kind, problem.detail);
    this.#end(() => {
      if (this.#answerDue) this.#answer(problemAnswer(problem, this.#request));
      else this.#body?.fail(problem);
    });
  }

  /**
   * RFC 9110 §9.2.2, RFC 9112 §9.3.1: only what may be done twice, only when the origin had most likely closed the
   * connection before it saw the request, and only with nothing of its content gone.
   */
  #mayRetry(problem: OriginProblem): boolean {
    const connection = this.#connection;
    if (this.#over || this.#retried || !connection || connection.exchanges < 2 || connection.answered)
      return false;
    const lost = problem.kind === 'closed' || problem.kind === 'reset';
    return lost && IDEMPOTENT.has(this.#request.method) && this.#request.head.framing.kind === 'none';
  }

  #switched(head: ResponseHead): void {
    const { origin, fields, limits } = this.#site;
    const request = this.#request;
    const connection = this.#connection;
    const asked = askedUpgrade(request, fields.upgrades);
    const agreed = listed(head.fields.all('upgrade'));
    if (!connection) return;
    // RFC 9110 §7.8: a server must not switch to what was not asked for.
    if (asked === undefined || agreed.length !== 1 || agreed[0] !== asked) {
      return this.failed(new OriginProblem('upgrade-unasked'));
    }
    const tunnel = new Tunnel(connection.detach(), limits.lingerMs);
    this.#tunnel = tunnel;
    this.#connection = undefined;
    this.#answerDue = false;
    request.mark('decision', `The origin switches to ${asked}: bytes are passed on as they are from here`);
    this.#end(() =>
      this.#answer({
        status: 101,
        fields: [
          ['Connection', 'Upgrade'],
          ['Upgrade', asked],
          ...clientFields(head, request, origin, fields),
        ],
        upgrade: (client) => {
          this.#tunnel = undefined;
          tunnel.join(client);
        },
      }),
    );
  }

  // ---- ends ----------------------------------------------------------------------------------------------

  /** The client does not take the content as fast as the origin sends it, or does again. */
  #full(full: boolean): void {
    const connection = this.#connection;
    if (!connection) return;
    this.#paused = full;
    if (full) {
      connection.pause();
      this.#site.deadlines.disarm(this.#deadline);
    } else {
      connection.resume();
      this.#arm('body', this.#site.limits.silenceMs);
    }
  }

  #arm(kind: DeadlineKind, ms: number): void {
    // While nothing is read, silence is of our own making.
    if (this.#over || (kind === 'body' && this.#paused)) return;
    this.#site.deadlines.arm(this.#deadline, kind, ms);
  }

  #late(kind: DeadlineKind): void {
    this.failed(
      new OriginProblem(kind === 'write' ? 'write-timeout' : kind === 'head' ? 'answer-timeout' : 'silence'),
    );
  }

  /** The response is with the client, or it has stopped taking it. */
  #sourceClosed(): void {
    this.#stop(new OriginProblem('closed'));
  }

  #clientGone(): void {
    this.#tunnel?.abandon();
    if (this.#over) return;
    this.#request.mark('note', 'The client is gone, so the request to the origin is given up');
    // It goes nowhere, but the handler's promise must not stay open.
    if (this.#answerDue) this.#end(() => this.#answer({ status: 502, fields: [] }));
    else this.#stop(new OriginProblem('closed'));
  }

  /** Ends the exchange for a reason of this side. */
  #stop(error: unknown): void {
    this.#end(() => {
      if (this.#answerDue) this.#refuse(error);
      else this.#body?.fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** The exchange is over: called for every way out, acts once. */
  #end(tell: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#site.deadlines.unwatch(this.#deadline);
    this.#connection?.destroy();
    this.#connection = undefined;
    tell();
    this.#upload?.cancel();
  }
}

/** What `Keep-Alive: timeout=5` promises, less a second for what is under way; Node, Apache and others send it. */
function keptFor(head: ResponseHead): number | undefined {
  const timeout = /(?:^|[\s,])timeout=(\d{1,6})/i.exec(head.fields.all('keep-alive') ?? '')?.[1];
  return timeout === undefined ? undefined : (Number(timeout) - 1) * 1000;
}
