/**
 * Lends a folder to the process that serves, for as long as this page is open: it is asked for what is in it, and
 * answers. Nothing is copied before somebody asks for it.
 */
import {
  ANSWER,
  type Ask,
  answerMessage,
  checkAsk,
  jsonAnswer,
  jsonOf,
  type Lent,
  type LentSite,
  lendingMessage,
  numberOf,
  problemAnswer,
} from '../../server-core/capture/lending.ts';
import type { Transport } from '../../server-core/capture/transport.ts';
import { fileEntry, folderEntry, type SharedFolder } from './shared-folder.ts';

/** As many as a page of a folder shows. */
const MOST_NAMES = 10_000;

/** Resolves once it is served; rejects with one sentence. The transport is the folder's from then on. */
export function lendFolder(folder: SharedFolder, transport: Transport): Promise<LentSite> {
  return new Promise((resolve, reject) => {
    transport.onClose((reason) => reject(new Error(reason)));
    transport.onMessage((message) => {
      const id = numberOf(message);
      if (id === undefined) return;
      if (id !== 0) return void answer(folder, id, jsonOf(message)).then((reply) => transport.send(reply));
      const lent = jsonOf(message) as Lent | undefined;
      if (lent && 'ok' in lent) resolve(lent.ok);
      else reject(new Error(lent?.error ?? 'The host answered nothing that can be read'));
    });
    transport.send(lendingMessage(0, { name: folder.name }));
  });
}

async function answer(folder: SharedFolder, id: number, asked: unknown): Promise<Uint8Array> {
  const ask = checkAsk(asked);
  if (typeof ask === 'string') return problemAnswer(id, ask);
  try {
    if (ask.ask === 'read') return answerMessage(id, ANSWER.bytes, await piece(folder, ask));
    return jsonAnswer(
      id,
      ask.ask === 'list' ? await folder.list(ask.path, MOST_NAMES) : await look(folder, ask.path),
    );
  } catch (error) {
    return problemAnswer(id, error instanceof Error ? error.message : String(error));
  }
}

async function look(folder: SharedFolder, path: readonly string[]) {
  const file = await folder.file(path);
  if (file) return fileEntry(file);
  return (await folder.isFolder(path)) ? folderEntry(path.at(-1) ?? folder.name) : undefined;
}

async function piece(folder: SharedFolder, { path, start, end }: Extract<Ask, { readonly ask: 'read' }>) {
  const file = await folder.file(path);
  if (!file) throw new Error('It is no longer there');
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}
