import { describe, expect, it } from 'vitest';
import { isLoopback, servesLan } from '../../../renderer/views/servers/reach.ts';
import { isUp, lampOf } from '../../../renderer/views/servers/server-lamp.ts';
import { SERVER_STATUSES } from '../../../server-core/capture/events.ts';

describe('reach', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', 'localhost'])(
    '%s is this computer',
    (address) => {
      expect(isLoopback(address)).toBe(true);
    },
  );
  it.each(['0.0.0.0', '::', '192.168.1.24', '12.7.0.1', 'localhost.example'])('%s is not', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
  it('of what is added is this computer, unless the host was started otherwise', () => {
    expect([servesLan(undefined), servesLan({}), servesLan({ lan: true })]).toEqual([false, false, true]);
  });
});

describe('the lamp', () => {
  it('is lit only for what serves, and bad for what needs attention', () => {
    const lamps = SERVER_STATUSES.map((status) => [status, lampOf(status), isUp(status)]);
    expect(lamps).toEqual([
      ['starting', 'ok', true],
      ['running', 'ok', true],
      ['stopping', 'off', false],
      ['stopped', 'off', false],
      ['failed', 'bad', false],
      ['folder-gone', 'bad', true],
      ['removed', 'off', false],
    ]);
  });
});
