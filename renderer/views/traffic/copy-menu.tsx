/** Everything that can be taken from an exchange: as commands, as text, as files. */

import type { Row } from '../../store/queries/list.ts';
import { REPEAT_FORMS } from '../../store/queries/repeat.ts';
import { saveMessage } from '../detail/save-bytes.ts';
import { Menu, MenuItem } from '../shell/menu.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { copyCommands, copyHead, copyMessages, copyText, REPEAT_NAMES } from './copy-rows.ts';

interface Props {
  readonly row: Row;
  /** The row, or all that are chosen: commands are made of each. */
  readonly exchanges: ReadonlySet<number>;
  readonly at: { readonly x: number; readonly y: number };
  onClose(): void;
}

export function CopyMenu({ row, exchanges, at, onClose }: Props) {
  const store = useStore();
  const toast = useToast();
  const { servers } = useStoreState('servers');
  const server = servers.find(({ id }) => id === row.server);
  const say = (done: Promise<string>) => void done.then((text) => toast({ text }));
  const hasAnswer = row.responseTime !== undefined;
  const forms = row.method === '' ? (['netcat'] as const) : REPEAT_FORMS;
  return (
    <Menu label={`Copy request ${row.id}`} at={at} onClose={onClose}>
      {forms.map((form) => (
        <MenuItem
          key={form}
          {...(form === 'curl' && { about: 'Ctrl Shift C' })}
          onPick={() => say(copyCommands(store, exchanges, form))}
        >
          As {REPEAT_NAMES[form]}
        </MenuItem>
      ))}
      <hr />
      {server && row.target.startsWith('/') && (
        <MenuItem onPick={() => say(copyText(server.url.replace(/\/$/, '') + row.target))}>URL</MenuItem>
      )}
      {row.target !== '' && <MenuItem onPick={() => say(copyText(row.target))}>Target</MenuItem>}
      <MenuItem onPick={() => say(copyHead(store, row.id, 'in'))}>Head of the request</MenuItem>
      {hasAnswer && (
        <MenuItem onPick={() => say(copyHead(store, row.id, 'out'))}>Head of the response</MenuItem>
      )}
      <MenuItem onPick={() => say(copyMessages(store, row.id, ['in']))}>Request as text</MenuItem>
      {hasAnswer && (
        <>
          <MenuItem onPick={() => say(copyMessages(store, row.id, ['out']))}>Response as text</MenuItem>
          <MenuItem onPick={() => say(copyMessages(store, row.id, ['in', 'out']))}>Both as text</MenuItem>
        </>
      )}
      <hr />
      <MenuItem onPick={() => say(saveMessage(store, row.id, 'in', row.target))}>
        Save the bytes of the request
      </MenuItem>
      {hasAnswer && (
        <MenuItem onPick={() => say(saveMessage(store, row.id, 'out', row.target))}>
          Save the bytes of the response
        </MenuItem>
      )}
    </Menu>
  );
}
