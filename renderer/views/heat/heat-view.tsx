/** The served folder as a tree, with what was asked for of each file. */
import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useHeat, useStoreState } from '../shell/store-context.tsx';
import { HeatGrid } from './heat-grid.tsx';
import { type HeatOrder, SHOWN, type Shown } from './heat-rows.ts';
import { heatTree } from './heat-tree.ts';
import './heat-view.css';
import { useServedTree } from './use-served-tree.ts';

interface Props {
  /** Shows the requests that a term of the filter asks for, of one server. */
  onFilter(term: string, server: number): void;
}

const FIRST_ORDER: HeatOrder = { by: 'name', descending: false };

export function HeatView({ onFilter }: Props) {
  const {
    shownServers: servers,
    filter,
    captures,
    playhead,
  } = useStoreState('shownServers', 'filter', 'captures', 'playhead');
  const [picked, setPicked] = useState<number>();
  const server = servers.find(({ id }) => id === (picked ?? filter.server)) ?? servers[0];
  const id = server?.id;
  const params = useMemo(() => (id === undefined ? undefined : { server: id }), [id]);
  const heat = useHeat(params);
  const isOfIt = heat !== undefined && heat.params.server === id;
  const served = useServedTree(id, isOfIt ? heat : undefined);
  const root = useMemo(
    () => heatTree(served.tree?.nodes, isOfIt ? heat.paths : []),
    [served.tree, heat, isOfIt],
  );
  const [shown, setShown] = useSetting<Shown>('heat-shown', 'all', oneOf(SHOWN.map((each) => each.id)));
  const [order, setOrder] = useState(FIRST_ORDER);
  if (server === undefined) {
    const text = captures.some((each) => each.shown)
      ? 'This capture names no server.'
      : 'Serve a folder, and its files are listed here with what is asked for of each.';
    return <NoSignal title="No files to show" text={text} />;
  }
  return (
    <div className="heat">
      <div className="tools">
        {servers.length > 1 ? (
          <select
            className="heat-server"
            aria-label="Server"
            value={server.id}
            onChange={(event) => setPicked(Number(event.target.value))}
          >
            {servers.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        ) : (
          <b className="clip">{server.name}</b>
        )}
        <i className="rule" />
        <fieldset className="segments" aria-label="Which files">
          {SHOWN.map((each) => (
            <button
              key={each.id}
              type="button"
              className={shown === each.id ? 'btn on' : 'btn'}
              aria-pressed={shown === each.id}
              onClick={() => setShown(each.id)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="btn square"
          aria-label="Read the folder again"
          title="Read the folder again"
          onClick={served.read}
        >
          <RefreshCw {...ICON} />
        </button>
        <span className="grow" />
        <span className="heat-note clip" role="status">
          {noteOf(served, root.hits, isOfIt ? heat.untold : 0, playhead !== undefined)}
        </span>
      </div>
      <HeatGrid
        key={server.id}
        server={server}
        filesKnown={served.tree !== undefined}
        root={root}
        order={order}
        shown={shown}
        onOrder={setOrder}
        onFilter={(term) => onFilter(term, server.id)}
      />
    </div>
  );
}

function noteOf(
  { tree, problem }: ReturnType<typeof useServedTree>,
  hits: number,
  untold: number,
  isPast: boolean,
): string {
  if (problem !== undefined) return `[${problem}: only what was asked for is shown]`;
  if (tree?.complete === false) return '[There are more files than are shown]';
  if (hits === 0) return isPast ? '[Nothing had been asked for by then]' : '[Nothing was asked for yet]';
  return untold > 0 ? `[${formatCount(untold)} more requests were for other paths]` : '';
}
