/** Answers to the page's questions: from what is held here, from bytes that are read for it, or from the host. */
import type { Call } from '../../server-core/capture/feed-messages.ts';
import { cellTexts } from './cell-texts.ts';
import { conversationOf } from './conversation.ts';
import { Detail } from './detail.ts';
import { ladderResult, rowsFrom } from './ladder.ts';
import { laneStep } from './lane-steps.ts';
import { idsOf } from './list.ts';
import type { Question } from './messages.ts';
import { neighbourOf } from './neighbours.ts';
import { pageLoad } from './page-load.ts';
import { type Pull, readStream } from './payloads.ts';
import type { Repeat, RepeatForm } from './queries/repeat.ts';
import { repeatOf } from './repeat.ts';
import { rowsText } from './rows-text.ts';
import type { Sources } from './sources.ts';
import { valueCounts } from './value-counts.ts';

/** More values than this are no list to choose from; the reader types on. */
const MOST_VALUES = 50;

/** Who has what is asked for. */
export interface Holder {
  readonly sources: Sources;
  readonly pull: Pull;
  /** Of the host. */
  readonly call: (call: Call) => Promise<unknown>;
  /** Has the page told what an answer changed. */
  readonly wake: () => void;
}

export function answerTo(question: Question, holder: Holder): unknown {
  const { sources, pull, call, wake } = holder;
  switch (question.ask) {
    case 'index':
      sources.ingest.lines.refresh();
      return sources.ingest.lines.indexOf(question.exchange);
    case 'head':
      sources.ingest.lines.refresh();
      return sources.ingest.lines.headOf(question.group);
    case 'head-above':
      sources.ingest.lines.refresh();
      return sources.ingest.lines.headAbove(question.place);
    case 'neighbour': {
      const { metrics, firstTime } = sources.ingest.columns;
      return neighbourOf(metrics, question.time, question.by, firstTime);
    }
    case 'lane-step':
      return laneStep(sources.ingest.columns, question.conn, question.time, question.by);
    case 'ids':
      return idsOf(sources.ingest, question.first, question.end);
    case 'forget':
      wake();
      return sources.ingest.forget(question.exchanges);
    case 'rows-text':
      return rowsText(sources.ingest.columns, question.exchanges);
    case 'bytes': {
      const { exchange, direction, from, to } = question;
      return new Detail(sources.ingest.columns, exchange, pull).bytes(direction, from, to);
    }
    case 'serve': {
      const { path, port, sure } = question;
      return call({ op: 'serve', path, sure, ...(port !== undefined && { port }) });
    }
    case 'tree':
      if (!sources.isLive) throw new Error('A capture holds what was sent, and not the files');
      return call({ op: 'tree', server: sources.serverNumber(question.server) });
    case 'settings':
      return call({ op: 'settings', server: sources.serverNumber(question.server) });
    case 'configure':
      return call({
        op: 'configure',
        server: sources.serverNumber(question.server),
        settings: question.settings,
      });
    case 'server':
      return call({
        op: question.action,
        server: sources.serverNumber(question.server),
      });
    case 'model':
      return call({
        op: 'model',
        server: sources.serverNumber(question.server),
        model: question.model,
      });
    case 'open':
      return call({
        op: 'open',
        server: sources.serverNumber(question.server),
        path: question.path,
      });
    case 'host':
      return call(question.call);
    case 'values':
      return valueCounts(sources.ingest.columns, question.field, question.typed, MOST_VALUES);
    case 'repeat':
      return repeat(holder, question.exchange, question.form);
    case 'bench': {
      const bench = { op: 'bench', server: sources.serverNumber(question.server) } as const;
      return call(question.rules ? { ...bench, rules: question.rules } : bench);
    }
    case 'export':
      return sources.exportAs(question.plan);
    case 'send':
      return sources.send(question.plan);
    case 'lab':
      return sources.lab(question.call);
    case 'ladder':
      return ladderResult(sources.ingest.columns, question.of);
    case 'cell-texts':
      return cellTexts(sources.ingest.columns, pull, question.exchanges, question.sources);
    case 'conversation':
      return conversationOf(sources.ingest.columns, question.exchange);
    case 'stream': {
      const { conn, direction, from, to } = question;
      const out = direction === 'out' ? 1 : 0;
      return readStream(sources.ingest.columns, pull, conn, out, from, to);
    }
    case 'page-load':
      return pageLoad(sources.ingest.columns, question.exchange);
    case 'rows-from':
      return rowsFrom(sources.ingest.columns, question.from, question.count);
  }
}

async function repeat({ sources, pull }: Holder, exchange: number, form: RepeatForm): Promise<Repeat> {
  const result = await new Detail(sources.ingest.columns, exchange, pull).result();
  if (result === undefined) throw new Error('It was trimmed');
  const { row, request, connection } = result;
  const server = sources.ingest.columns.servers.get(connection.server);
  const origin = server?.url.replace(/\/$/, '') ?? `http://127.0.0.1:${connection.localPort}`;
  return repeatOf(row, request, origin, form);
}
