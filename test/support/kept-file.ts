import { expect } from 'vitest';
import type { Handler } from '../../server-core/http/response.ts';
import { handlerRequest } from './handler-request.ts';

/** Asks until the handler gives the very same response twice: a file that was just written is not kept at once. */
export async function untilKept(handler: Handler, target: string): Promise<void> {
  const ask = () => handler(handlerRequest(target));
  await expect
    .poll(async () => new Set([await ask(), await ask()]).size, { timeout: 10_000, interval: 10 })
    .toBe(1);
}
