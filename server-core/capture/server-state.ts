/** The one record that is JSON: it is rare, and people add to it. */
import { SERVER_STATUSES, type ServerState, type ServerStatus } from './events.ts';
import { MAX_RECORD_BYTES } from './layout.ts';
import { encodeUtf8 } from './text.ts';

/** The state as JSON in UTF-8, its texts cut until it fits a record. */
export function encodeServerState(state: ServerState): Uint8Array {
  for (let chars = MAX_RECORD_BYTES; ; chars >>= 1) {
    const clip = (_key: string, value: unknown) =>
      typeof value === 'string' ? value.slice(0, chars) : value;
    const bytes = encodeUtf8(JSON.stringify(state, clip));
    if (bytes.length <= MAX_RECORD_BYTES - 24) return bytes;
  }
}

/** Checks what it reads: a saved capture may come from anyone. Undefined when it is no server's state. */
export function parseServerState(json: string): ServerState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, name, root, host, port, url, model, status, problem, movedTo, tags } = value as Record<
    string,
    unknown
  >;
  if (
    typeof id !== 'number' ||
    typeof name !== 'string' ||
    typeof root !== 'string' ||
    typeof host !== 'string' ||
    typeof port !== 'number' ||
    typeof url !== 'string' ||
    typeof model !== 'string' ||
    !isStatus(status)
  ) {
    return undefined;
  }
  return {
    ...{ id, name, root, host, port, url, model, status },
    ...(typeof problem === 'string' ? { problem } : {}),
    ...(typeof movedTo === 'string' ? { movedTo } : {}),
    ...(isWords(tags) ? { tags } : {}),
  };
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

function isStatus(value: unknown): value is ServerStatus {
  return SERVER_STATUSES.some((status) => status === value);
}
