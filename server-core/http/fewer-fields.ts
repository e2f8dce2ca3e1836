import type { RequestHead } from '../wire/http1/events.ts';
import type { Fields } from '../wire/http1/fields.ts';
import type { Request } from './request.ts';
import { WrappedRequest } from './wrapped-request.ts';

/** The same request as one that came without some fields. `names` are in lower case. */
export function withoutFields(request: Request, names: ReadonlySet<string>): Request {
  return new LesserRequest(request, names);
}

class LesserRequest extends WrappedRequest {
  readonly #head: RequestHead;

  constructor(request: Request, names: ReadonlySet<string>) {
    super(request);
    this.#head = { ...request.head, fields: new LesserFields(request.head.fields, names) };
  }

  override get head(): RequestHead {
    return this.#head;
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
