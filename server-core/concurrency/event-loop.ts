import type { Admission, Turn } from '../net/admission.ts';

/** Every connection may be read from the start. */
export class EventLoop implements Admission {
  readonly waiting = 0;

  admit(turn: Turn): () => void {
    turn.begin();
    return () => {};
  }
}
