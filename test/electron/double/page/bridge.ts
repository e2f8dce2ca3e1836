/**
 * contextBridge between the two JavaScript worlds of one document: synchronous calls over events of the document,
 * whose details Chromium clones from world to world. Self-contained, as its source runs in pages.
 */
export interface Bridge {
  wrap(value: unknown): Wrapped;
  unwrap(wrapped: Wrapped, frozen?: boolean): unknown;
  emit(kind: string, detail: unknown): void;
}

export type Wrapped =
  | { readonly k: 'value'; readonly value: unknown }
  | { readonly k: 'function' | 'promise'; readonly id: number }
  | { readonly k: 'error'; readonly message: string }
  | { readonly k: 'array'; readonly items: readonly Wrapped[] }
  | { readonly k: 'object'; readonly entries: readonly (readonly [string, Wrapped])[] };

export function makeBridge(out: string, into: string): Bridge {
  type Fn = (...args: unknown[]) => unknown;
  type Call = { readonly call: number; readonly id: number; readonly args: readonly Wrapped[] };
  type Return = { readonly call: number; readonly value?: Wrapped; readonly error?: string };
  type Settled = { readonly id: number; readonly value?: Wrapped; readonly error?: string };

  const functions = new Map<number, Fn>();
  const returns = new Map<number, Return>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;

  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
  const emit = (kind: string, detail: unknown) => {
    document.dispatchEvent(new CustomEvent(out + kind, { detail }));
  };
  const listen = <T>(kind: string, heard: (detail: T) => void) => {
    document.addEventListener(into + kind, (event) => heard((event as CustomEvent<T>).detail));
  };

  const wrap = (value: unknown): Wrapped => {
    if (typeof value === 'function') {
      functions.set(++last, value as Fn);
      return { k: 'function', id: last };
    }
    if (typeof value === 'symbol') return { k: 'value', value: undefined };
    if (typeof value !== 'object' || value === null) return { k: 'value', value };
    if (value instanceof Promise) {
      const id = ++last;
      value.then(
        (result) => emit('settled', { id, value: wrap(result) } satisfies Settled),
        (error) => emit('settled', { id, error: messageOf(error) } satisfies Settled),
      );
      return { k: 'promise', id };
    }
    if (value instanceof Error) return { k: 'error', message: value.message };
    if (Array.isArray(value)) return { k: 'array', items: value.map(wrap) };
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return { k: 'object', entries: Object.entries(value).map(([key, item]) => [key, wrap(item)]) };
    }
    return { k: 'value', value };
  };

  const unwrap = (wrapped: Wrapped, frozen = false): unknown => {
    switch (wrapped.k) {
      case 'value':
        return wrapped.value;
      case 'function':
        return (...args: unknown[]) => callOver(wrapped.id, args);
      case 'promise':
        return new Promise((resolve, reject) => promises.set(wrapped.id, { resolve, reject }));
      case 'error':
        return new Error(wrapped.message);
      case 'array': {
        const array = wrapped.items.map((item) => unwrap(item, frozen));
        return frozen ? Object.freeze(array) : array;
      }
      case 'object': {
        const object = Object.fromEntries(wrapped.entries.map(([key, item]) => [key, unwrap(item, frozen)]));
        return frozen ? Object.freeze(object) : object;
      }
    }
  };

  const callOver = (id: number, args: readonly unknown[]): unknown => {
    const call = ++last;
    emit('call', { call, id, args: args.map(wrap) } satisfies Call);
    const answer = returns.get(call);
    returns.delete(call);
    if (!answer?.value) throw new Error(answer?.error ?? 'An object could not be cloned.');
    return unwrap(answer.value);
  };

  listen<Call>('call', ({ call, id, args }) => {
    let answer: Return;
    try {
      answer = { call, value: wrap(functions.get(id)?.(...args.map((arg) => unwrap(arg)))) };
    } catch (error) {
      answer = { call, error: messageOf(error) };
    }
    emit('return', answer);
  });
  listen<Return>('return', (answer) => returns.set(answer.call, answer));
  listen<Settled>('settled', ({ id, value, error }) => {
    const promise = promises.get(id);
    promises.delete(id);
    if (value) promise?.resolve(unwrap(value));
    else promise?.reject(new Error(error));
  });

  return { wrap, unwrap, emit };
}
