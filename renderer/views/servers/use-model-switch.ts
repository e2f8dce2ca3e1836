import { useState } from 'react';
import type { ModelName } from '../../../server-core/capture/model-names.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { sentenceOf } from './use-serve.ts';

/** Has a server share out its connections otherwise. `next` is the model that is being started: until then it serves as before. */
export function useModelSwitch(server: ServerView | undefined) {
  const store = useStore();
  const toast = useToast();
  const [next, setNext] = useState<ModelName>();
  const pick = async (model: ModelName) => {
    if (!server || model === server.model) return;
    setNext(model);
    try {
      await store.setModel(server.id, model);
    } catch (error) {
      toast({ text: sentenceOf(error) });
    }
    setNext(undefined);
  };
  return { next, pick };
}
