/** How a server shares out its connections, and the menu that changes it while it runs. */
import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../../../server-core/capture/model-names.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { ICON } from '../shell/icons.tsx';
import { Menu } from '../shell/menu.tsx';
import './model-menu.css';
import { useModelSwitch } from './use-model-switch.ts';

export function ModelMenu({ server }: { readonly server: ServerView }) {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  const { next, pick } = useModelSwitch(server);
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
