import { beforeEach, describe, expect, it } from 'vitest';
import { Inbox } from '../../server-core/capture/inbox.ts';

let inbox: Inbox;
let log: (number | string)[];
const message = (value: number) => Uint8Array.of(value);
const take = (bytes: Uint8Array) => log.push(bytes[0]!);

beforeEach(() => {
  inbox = new Inbox();
  log = [];
});

describe('an inbox', () => {
  it('counts what it keeps, and nothing once it was taken', () => {
    inbox.deliver(message(1));
    inbox.deliver(new Uint8Array(9));
    expect(inbox.keptBytes).toBe(10);
    inbox.onMessage(take);
    expect(inbox.keptBytes).toBe(0);
    inbox.deliver(message(2));
    expect(inbox.keptBytes).toBe(0);
  });

  it('keeps the order when more comes while the kept is being taken', () => {
    inbox.deliver(message(1));
    inbox.deliver(message(2));
    inbox.onMessage((bytes) => {
      take(bytes);
      if (bytes[0] === 1) inbox.deliver(message(3));
    });
    expect(log).toEqual([1, 2, 3]);
  });

  it('hands the rest to a listener that takes over meanwhile', () => {
    for (const value of [1, 2, 3]) inbox.deliver(message(value));
    inbox.onMessage((bytes) => {
      take(bytes);
      inbox.onMessage((later) => log.push(`later ${later[0]}`));
    });
    inbox.deliver(message(4));
    expect(log).toEqual([1, 'later 2', 'later 3', 'later 4']);
  });

  it('still delivers what was kept when the other side closed, and nothing after', () => {
    inbox.deliver(message(1));
    inbox.close('gone');
    inbox.deliver(message(2));
    inbox.onMessage(take);
    expect(log).toEqual([1]);
  });

  it('delivers nothing more when this side shuts it, not even from within a delivery', () => {
    for (const value of [1, 2, 3]) inbox.deliver(message(value));
    inbox.onMessage((bytes) => {
      take(bytes);
      inbox.shut('enough');
    });
    expect(log).toEqual([1]);
    expect(inbox.keptBytes).toBe(0);
  });

  it('tells the first close and no other', () => {
    inbox.onClose((reason) => log.push(reason));
    inbox.close('gone');
    inbox.shut('closed');
    inbox.close('gone again');
    expect(log).toEqual(['gone']);
  });
});
