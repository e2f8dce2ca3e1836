/** What can be done with a file of the heat map. */
import type { ServerView } from '../../store/queries/state.ts';
import { desktop } from '../host.ts';
import { isUp } from '../servers/server-lamp.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { Menu, MenuItem } from '../shell/menu.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { pathOnDisk } from './disk-path.ts';
import type { HeatNode } from './heat-tree.ts';

export interface HeatMenuPlace {
  readonly node: HeatNode;
  /** CSS pixels in the window. */
  readonly at: { readonly x: number; readonly y: number };
}

interface Props {
  readonly place: HeatMenuPlace;
  readonly server: ServerView;
  onRequests(node: HeatNode): void;
  onClose(): void;
}

export function HeatMenu({ place: { node, at }, server, onRequests, onClose }: Props) {
  const store = useStore();
  const toast = useToast();
  const target = node.sent[0] ?? encodeURI(node.path);
  const file = pathOnDisk(server.root, node);
  const tell = (done: Promise<unknown>) => {
    done.catch((error: unknown) => toast({ text: sentenceOf(error) }));
  };
  const copy = (text: string) => tell(navigator.clipboard.writeText(text));
  return (
    <Menu label={node.name} at={at} onClose={onClose}>
      {node.hits > 0 && <MenuItem onPick={() => onRequests(node)}>Its requests in the list</MenuItem>}
      {isUp(server.status) && (
        <MenuItem onPick={() => tell(store.open(server.id, target))}>Open it in the browser</MenuItem>
      )}
      <MenuItem about={target} onPick={() => copy(target)}>
        Copy the path
      </MenuItem>
      {file !== undefined && (
        <MenuItem about={file} onPick={() => copy(file)}>
          Copy where it lies on the disk
        </MenuItem>
      )}
      {file !== undefined && desktop && (
        <MenuItem onPick={() => tell(desktop!.reveal(file))}>Show it in its folder</MenuItem>
      )}
    </Menu>
  );
}
