import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { isSettled } from '../../server-core/files/validators.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { handlerRequest } from './handler-request.ts';

/** Asks until the handler gives the very same response twice: a file that was just written is not kept at once. */
export async function untilKept(handler: Handler, target: string): Promise<void> {
  const ask = () => handler(handlerRequest(target));
  await expect
    .poll(async () => new Set([await ask(), await ask()]).size, { timeout: 10_000, interval: 10 })
    .toBe(1);
}

/** Waits until a write to any of these files would show in its times: before, tags are weak and nothing is kept. */
export async function untilSettled(folder: string, names: readonly string[]): Promise<void> {
  const settled = (name: string) => isSettled(statSync(join(folder, name), { bigint: true }), Date.now());
  await vi.waitFor(() => expect(names.filter((name) => !settled(name))).toEqual([]), {
    timeout: 10_000,
    interval: 10,
  });
}
