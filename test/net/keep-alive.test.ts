import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeepAlive } from '../../server-core/net/keep-alive.ts';

let log: string[];
let listening: boolean;
let keepAlive: KeepAlive;

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  listening = true;
  keepAlive = new KeepAlive({
    pingMs: 20_000,
    pongMs: 30_000,
    ping: () => log.push('ping'),
    listening: () => listening,
    dead: () => log.push('dead'),
  });
});
afterEach(() => {
  keepAlive.stop();
  vi.useRealTimers();
});

const pings = () => log.filter((entry) => entry === 'ping').length;

describe('keep-alive', () => {
  it('pings on and on while it hears something now and then', () => {
    for (let i = 0; i < 60; i++) {
      vi.advanceTimersByTime(10_000);
      if (i % 2 === 0) keepAlive.heard();
    }
    expect(pings()).toBe(30);
    expect(log).not.toContain('dead');
  });

  it('finds the peer dead once, after the time for an answer to the first ping, and is still then', () => {
    vi.advanceTimersByTime(49_999);
    expect(log).toEqual(['ping', 'ping']);
    vi.advanceTimersByTime(1);
    expect(log).toEqual(['ping', 'ping', 'dead']);
    vi.advanceTimersByTime(1_000_000);
    expect(log).toEqual(['ping', 'ping', 'dead']);
  });

  it('counts silence from the last sign of life, whatever it was', () => {
    vi.advanceTimersByTime(45_000);
    keepAlive.heard();
    vi.advanceTimersByTime(44_999);
    expect(log).not.toContain('dead');
    vi.advanceTimersByTime(1);
    expect(log).toContain('dead');
  });

  it('does not take its own deafness for silence', () => {
    listening = false;
    vi.advanceTimersByTime(1_000_000);
    expect(log).not.toContain('dead');
    listening = true;
    vi.advanceTimersByTime(50_000);
    expect(log).toContain('dead');
  });

  it('is still once it was stopped', () => {
    vi.advanceTimersByTime(20_000);
    keepAlive.stop();
    vi.advanceTimersByTime(1_000_000);
    expect(log).toEqual(['ping']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
