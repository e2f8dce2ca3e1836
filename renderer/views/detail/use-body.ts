import { useEffect, useRef, useState } from 'react';
import { listOf } from '../../explain/field-values.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { useStore } from '../shell/store-context.tsx';
import { type Body, BodyReader } from './body-reader.ts';
import type { HostUndo } from './decoding.ts';

export interface BodyState {
  /** Undefined while the first bytes are on their way. */
  readonly body: Body | undefined;
  /** One sentence when bytes could not be had. */
  readonly problem: string | undefined;
}

/** The content of a message, `limit` bytes of it at most; goes on as the message grows or the limit is raised. */
export function useBody({ row }: DetailResult, message: MessageView, limit: number): BodyState {
  const { id: exchange, method } = row;
  const grows = row.endTime === undefined;
  const store = useStore();
  const reader = useRef<{ readonly key: string; readonly reader: BodyReader }>(undefined);
  const [state, setState] = useState<BodyState & { readonly key: string }>();
  const { direction, headLength, length } = message;
  const codings = listOf(message.fields, 'content-encoding').map((coding) => coding.toLowerCase());
  const codingsKey = codings.join();
  const key = `${exchange} ${direction} ${codingsKey}`;
  const to = headLength + limit;
  useEffect(() => {
    if (reader.current?.key !== key) {
      const read = (from: number, end: number) => store.readBytes(exchange, direction, from, end);
      const role = direction === 'in' ? 'request' : 'response';
      const undo: HostUndo = (coding, content) => store.undo(coding, content);
      const source = {
        role,
        method,
        codings: codingsKey === '' ? [] : codingsKey.split(','),
        read,
        undo,
      } as const;
      reader.current = { key, reader: new BodyReader(source) };
    }
    const abort = new AbortController();
    const current = reader.current;
    // One advance at a time: the next begins where this one came to.
    const run = async () => {
      try {
        const body = await current.reader.advance(headLength, to, length, abort.signal, grows);
        if (body !== undefined && !abort.signal.aborted) setState({ key, body, problem: undefined });
      } catch (error) {
        if (abort.signal.aborted) return;
        setState({ key, body: undefined, problem: error instanceof Error ? error.message : String(error) });
      }
    };
    void run();
    return () => abort.abort();
  }, [store, exchange, direction, method, codingsKey, key, headLength, to, length, grows]);
  return state?.key === key ? state : { body: undefined, problem: undefined };
}
