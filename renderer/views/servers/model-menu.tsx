/** How a server shares out its connections, and the menu that changes it while it runs. */
import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { ICON } from '../shell/icons.tsx';
import { Menu } from '../shell/menu.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import './model-menu.css';
import { sentenceOf } from './use-serve.ts';

export function ModelMenu({ server }: { readonly server: ServerView }) {
  const store = useStore();
  const toast = useToast();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  /** Processes take a moment to start; until then it serves as before. */
  const [next, setNext] = useState<ModelName>();
  const pick = async (model: ModelName) => {
    if (model === server.model) return;
    setNext(model);
    try {
      await store.setModel(server.id, model);
    } catch (error) {
      toast({ text: sentenceOf(error) });
    }
    setNext(undefined);
  };
  return (
    <>
      <button
        type="button"
        className="model"
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        disabled={next !== undefined}
        title={MODEL_SENTENCES[server.model as ModelName]}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        <span className="spoken">{server.name} is served by the model </span>
        {next === undefined ? server.model : `${next} …`}
        <ChevronDown {...ICON} size={12} />
      </button>
      {at && (
        <Menu
          label={`How ${server.name} shares out its connections`}
          at={at}
          onClose={() => setAt(undefined)}
        >
          {MODEL_NAMES.map((model) => (
            <button
              key={model}
              type="button"
              role="menuitemradio"
              aria-checked={model === server.model}
              className="model-item"
              onClick={() => void pick(model)}
            >
              <span className="tick">{model === server.model && <Check {...ICON} size={14} />}</span>
              <b>{model}</b>
              <span className="sentence">{MODEL_SENTENCES[model]}</span>
            </button>
          ))}
        </Menu>
      )}
    </>
  );
}
