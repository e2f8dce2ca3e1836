/**
 * Structured clone to text and back. Made by one self-contained function, so that its source can run in a page.
 * A view keeps its whole buffer, as V8's serializer has it; what cannot be cloned throws with Electron's words.
 */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export function makeCodec(): Codec {
  type Encoded = string | number | boolean | null | readonly [tag: string, ...rest: unknown[]];
  const VIEWS = [
    'Uint8Array',
    'Int8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
  ].concat(['Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'DataView']);
  const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };

  const toText = (bytes: Uint8Array): string => {
    let text = '';
    // In pieces, as a call takes only so many arguments.
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const fromText = (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;

  function encode(root: unknown): string {
    const seen = new Map<object, number>();

    const pack = (value: unknown): Encoded => {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
      if (typeof value === 'number')
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ['number', Object.is(value, -0) ? '-0' : String(value)];
      if (value === undefined) return ['undefined'];
      if (typeof value === 'bigint') return ['bigint', String(value)];
      return typeof value === 'object' ? packObject(value) : refuse();
    };

    const packObject = (value: object): Encoded => {
      const known = seen.get(value);
      if (known !== undefined) return ['seen', known];
      seen.set(value, seen.size);
      const tag = tagOf(value);
      if (value instanceof Date) return ['date', value.getTime()];
      if (tag === 'ArrayBuffer') return ['buffer', toText(new Uint8Array(value as ArrayBuffer))];
      if (ArrayBuffer.isView(value)) {
        // Node's Buffer arrives as what it is built on.
        const view = VIEWS.includes(tag) ? tag : 'Uint8Array';
        const length = view === 'DataView' ? value.byteLength : (value as Uint8Array).length;
        return ['view', view, pack(value.buffer), value.byteOffset, length];
      }
      if (value instanceof Map) return ['map', [...value].map(([key, item]) => [pack(key), pack(item)])];
      if (value instanceof Set) return ['set', [...value].map(pack)];
      if (value instanceof Error) return ['error', value.name, value.message];
      if (Array.isArray(value)) return ['array', value.map(pack)];
      if (tag !== 'Object') return refuse();
      return ['object', Object.entries(value).map(([key, item]) => [key, pack(item)])];
    };

    return JSON.stringify(pack(root));
  }

  function decode(text: string): unknown {
    const made: unknown[] = [];
    const hold = <T>(index: number, value: T): T => {
      made[index] = value;
      return value;
    };

    const unpack = (packed: unknown): unknown => {
      if (!Array.isArray(packed)) return packed;
      const [tag, a, b, c, d] = packed as [string, unknown, unknown, unknown, unknown];
      if (tag === 'number') return Number(a);
      if (tag === 'undefined') return undefined;
      if (tag === 'bigint') return BigInt(a as string);
      if (tag === 'seen') return made[a as number];
      const index = made.push(undefined) - 1;
      if (tag === 'date') return hold(index, new Date(a as number));
      if (tag === 'buffer') return hold(index, fromText(a as string));
      if (tag === 'view') {
        const View = Reflect.get(globalThis, a as string) as new (...args: unknown[]) => unknown;
        return hold(index, new View(unpack(b), c, d));
      }
      if (tag === 'map') {
        const map = hold(index, new Map<unknown, unknown>());
        for (const [key, item] of a as [unknown, unknown][]) map.set(unpack(key), unpack(item));
        return map;
      }
      if (tag === 'set') {
        const set = hold(index, new Set<unknown>());
        for (const item of a as unknown[]) set.add(unpack(item));
        return set;
      }
      if (tag === 'error') return hold(index, Object.assign(new Error(b as string), { name: a }));
      if (tag === 'array') {
        const array = hold(index, [] as unknown[]);
        for (const item of a as unknown[]) array.push(unpack(item));
        return array;
      }
      const object = hold(index, {} as Record<string, unknown>);
      for (const [key, item] of a as [string, unknown][]) object[key] = unpack(item);
      return object;
    };

    return unpack(JSON.parse(text));
  }

  return { encode, decode };
}

export const { encode, decode } = makeCodec();
