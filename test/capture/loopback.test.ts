import { expect, it } from 'vitest';
import { isLoopback } from '../../server-core/capture/loopback.ts';

it.each(['localhost', '::1', '127.0.0.1', '127.255.1.2', '127.1', '::ffff:127.0.0.1'])(
  '%s is on the loopback interface',
  (address) => {
    expect(isLoopback(address)).toBe(true);
  },
);

it.each(['127.example.com', '127.0.0.1.example.com', '128.0.0.1', '::', '0.0.0.0', '10.127.0.1', ''])(
  '%s is not',
  (address) => {
    expect(isLoopback(address)).toBe(false);
  },
);
