import { describe, expect, it } from 'vitest';
import { FrameInbox } from '../../../renderer/store/frame-inbox.ts';
import { INITIAL_STATE } from '../../../renderer/store/initial-state.ts';
import type { FromWorker } from '../../../renderer/store/messages.ts';

const state = (unread: number): FromWorker => ({ type: 'state', state: { ...INITIAL_STATE, unread } });
const result = (id: number, total: number): FromWorker => ({
  type: 'result',
  id,
  result: { first: 0, total, rows: [] } as never,
});
const answer = (id: number): FromWorker => ({ type: 'answer', id, ok: undefined });

function rig() {
  const heard: FromWorker[] = [];
  const frames: (() => void)[] = [];
  const inbox = new FrameInbox(
    (message) => heard.push(message),
    (run) => frames.push(run),
  );
  const draw = () => {
    for (const run of frames.splice(0)) run();
  };
  return { inbox, heard, frames, draw };
}

describe('frame inbox', () => {
  it('hands on, once a frame, the latest state and the latest result of each window', () => {
    const { inbox, heard, frames, draw } = rig();
    inbox.take([state(1), result(1, 10), result(2, 20)]);
    inbox.take([state(2), result(1, 11)]);
    expect(heard).toEqual([]);
    expect(frames).toHaveLength(1);
    draw();
    expect(heard).toEqual([state(2), result(1, 11), result(2, 20)]);
    inbox.take([state(3)]);
    expect(frames).toHaveLength(1);
    draw();
    expect(heard.at(-1)).toEqual(state(3));
  });

  it('hands on an answer at once, behind what came before it', () => {
    const { inbox, heard, draw } = rig();
    inbox.take([state(1)]);
    inbox.take([answer(7)]);
    expect(heard).toEqual([state(1), answer(7)]);
    draw();
    expect(heard).toHaveLength(2);
  });

  it('asks for no frame when nothing waits', () => {
    const { inbox, frames } = rig();
    inbox.take([answer(1)]);
    inbox.take([]);
    expect(frames).toEqual([]);
  });
});
