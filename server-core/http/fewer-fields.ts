import type { MarkName } from '../capture/events.ts';
import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { Peer, Request, RequestBody } from './request.ts';
import type { FieldPair } from './response.ts';

/** The same request as one that came without some fields. `names` are in lower case. */
export function withoutFields(request: Request, names: ReadonlySet<string>): Request {
  return new LesserRequest(request, names);
}

class LesserRequest implements Request {
  readonly head: RequestHead;
  readonly #request: Request;

  constructor(request: Request, names: ReadonlySet<string>) {
    this.#request = request;
    this.head = { ...request.head, fields: new LesserFields(request.head.fields, names) };
  }

  get method(): string {
    return this.#request.method;
  }

  get target() {
    return this.#request.target;
  }

  get peer(): Peer {
    return this.#request.peer;
  }

  get body(): RequestBody {
    return this.#request.body;
  }

  get trailers(): Fields | undefined {
    return this.#request.trailers;
  }

  get tracing(): boolean {
    return this.#request.tracing;
  }

  inform(status: number, fields: readonly FieldPair[]): void {
    this.#request.inform(status, fields);
  }

  mark(mark: MarkName, detail: string): void {
    this.#request.mark(mark, detail);
  }

  onAbort(listener: () => void): void {
    this.#request.onAbort(listener);
  }
}

class LesserFields implements Fields {
  readonly #fields: Fields;
  readonly #hidden: ReadonlySet<string>;
  /** Indexes of those that are left. */
  readonly #left: readonly number[];

  constructor(fields: Fields, hidden: ReadonlySet<string>) {
    this.#fields = fields;
    this.#hidden = hidden;
    this.#left = Array.from({ length: fields.count }, (_, i) => i).filter(
      (i) => !hidden.has(fields.name(i).toLowerCase()),
    );
  }

  get count(): number {
    return this.#left.length;
  }

  name(i: number): string {
    return this.#fields.name(this.#left[i]!);
  }

  value(i: number): string {
    return this.#fields.value(this.#left[i]!);
  }

  position(i: number) {
    return this.#fields.position(this.#left[i]!);
  }

  get(name: string): string | undefined {
    return this.#hidden.has(name) ? undefined : this.#fields.get(name);
  }

  all(name: string): string | undefined {
    return this.#hidden.has(name) ? undefined : this.#fields.all(name);
  }

  has(name: string): boolean {
    return !this.#hidden.has(name) && this.#fields.has(name);
  }
}
