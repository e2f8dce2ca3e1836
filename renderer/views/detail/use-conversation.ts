/** What was said on the connection of an exchange, told anew as more crosses. */
import { useEffect, useState } from 'react';
import type { Conversation } from '../../store/queries/conversation.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { usePaced } from '../shell/use-paced.ts';

/** Time for an answer to come before the next question. */
const PACE_MS = 250;

export function useConversation({ row, connection }: DetailResult): Conversation | undefined {
  const store = useStore();
  const { playhead } = useStoreState('playhead');
  const [held, setHeld] = useState<{ readonly exchange: number; readonly told: Conversation | undefined }>();
  const exchange = row.id;
  const crossed = usePaced(connection.bytesIn + connection.bytesOut, PACE_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it differs when more has crossed, or another moment is shown.
  useEffect(() => {
    let isLate = false;
    store.conversation(exchange).then(
      (told) => isLate || setHeld({ exchange, told }),
      // The link was lost: what is there stays, and the banner says why.
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [store, exchange, crossed, playhead]);
  const isSame = held?.told?.conn === connection.conn;
  return isSame ? held?.told : undefined;
}
