/** Members that code probes for on any object: absent, they must read as undefined. */
const PROBED = new Set<PropertyKey>(['then', 'toJSON', 'default', '__esModule']);

/**
 * What the double gives for a part of Electron: reading a member that it does not have throws. An unknown member
 * that read as undefined would let a typing mistake, or a feature nobody tested, pass.
 */
export function strict<T>(name: string, part: object): T {
  // Methods of a class reach for its private fields, which a proxy has not.
  const bound = Object.getPrototypeOf(part) !== Object.prototype;
  return new Proxy(part, {
    get(target, key) {
      if (!(key in target) && typeof key !== 'symbol' && !PROBED.has(key)) {
        throw new Error(`electron double: ${name}.${key} is not implemented`);
      }
      const member: unknown = Reflect.get(target, key, target);
      return bound && typeof member === 'function' ? member.bind(target) : member;
    },
  }) as T;
}

/** The same for a class: what `new` gives, and what stands on the class itself. */
export function strictClass<T>(name: string, part: new (...args: never[]) => object): T {
  const face = strict<typeof part>(name, part);
  return new Proxy(face, {
    construct: (_target, args) => strict<object>(name, new part(...(args as never[]))),
  }) as T;
}

/** An event as Electron's emitters give it. */
export function cancellable<T extends object>(
  extra: T,
): T & { defaultPrevented: boolean; preventDefault(): void } {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** What was asked of the operating system, in order: the first word says what. Tests read it by `app.evaluate`. */
export const recorded: (readonly [what: string, ...details: readonly unknown[]])[] = [];
