import { describe, expect, it } from 'vitest';
import {
  LIFECYCLE,
  type LifecycleEvent,
  type LifecycleState,
  next,
} from '../../../server-core/wire/http1/lifecycle.ts';

function walk(...events: LifecycleEvent[]): LifecycleState {
  return events.reduce<LifecycleState>(next, 'idle');
}

describe('the life of a connection', () => {
  it('comes back to idle after each exchange', () => {
    expect(walk('begin', 'head', 'request-end', 'response-end')).toBe('idle');
    expect(walk('begin', 'head', 'response-end', 'request-end')).toBe('idle');
  });

  it('closes after a fault, wherever the bytes are read', () => {
    expect(walk('begin', 'fault', 'peer-gone')).toBe('closed');
    expect(walk('begin', 'head', 'fault')).toBe('must-close');
    expect(walk('begin', 'head', 'response-end', 'fault')).toBe('must-close');
  });

  it('closes after the last response', () => {
    expect(walk('begin', 'head', 'request-end', 'last-response-end')).toBe('must-close');
    expect(walk('begin', 'head', 'last-response-end')).toBe('must-close');
  });

  it('switches only once the request was read', () => {
    expect(walk('begin', 'head', 'request-end', 'switch')).toBe('switched');
    expect(() => walk('begin', 'head', 'switch')).toThrow('reading-body cannot meet switch');
  });

  it('meets nothing once it is closed', () => {
    expect(() => walk('peer-gone', 'begin')).toThrow('closed cannot meet begin');
  });

  it('can reach every state, and end from each', () => {
    const reached = new Set<LifecycleState>(['idle']);
    for (const state of reached) for (const to of Object.values(LIFECYCLE[state])) reached.add(to);
    expect([...reached].sort()).toEqual(Object.keys(LIFECYCLE).sort());
    for (const [state, moves] of Object.entries(LIFECYCLE)) {
      if (state !== 'closed') expect(moves).toHaveProperty('peer-gone', 'closed');
    }
  });
});
