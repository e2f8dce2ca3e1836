import { describe, expect, it } from 'vitest';
import { cellTexts } from '../../../renderer/store/cell-texts.ts';
import { staticFiles } from '../../../server-core/files/static.ts';
import { makeFolder } from '../../support/folder.ts';
import { handlerRequest } from '../../support/handler-request.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

function traffic() {
  const made = new Traffic();
  made.log.server(SERVER);
  const conn = made.open(1, 50_001);
  const response = answer(200, 'hello').replace('\r\n', '\r\nVary: a\r\nvary: b\r\nX-Both: answer\r\n');
  made.run(conn, { request: get('/a', 'User-Agent: x/1\r\nX-Both: question\r\n'), response });
  made.run(conn, { request: get('/b', 'X-Both: question\r\n') });
  return made;
}

describe('the texts of columns', () => {
  it('are fields of either message, or of one of them, and what the store knows', async () => {
    const made = traffic();
    const texts = await cellTexts(
      made.ingest().columns,
      made.pull,
      [1, 2],
      ['client', 'request.user-agent', 'response.vary', 'header.x-both', 'request.host'],
    );
    expect([...texts]).toEqual([
      [1, ['127.0.0.1', 'x/1', 'a, b', 'answer', 'a']],
      [2, ['127.0.0.1', '', '', 'question', 'a']],
    ]);
  });

  it('read nothing where no field is asked for', async () => {
    const made = traffic();
    const pull = () => Promise.reject(new Error('It was read'));
    const texts = await cellTexts(made.ingest().columns, pull, [1], ['client', 'file']);
    expect([...texts]).toEqual([[1, ['127.0.0.1', '']]]);
  });

  it('tell no field of an answer that had not come at the moment that is shown', async () => {
    const made = traffic();
    const { columns } = made.ingest();
    const page = columns.exchanges.page(1)!;
    columns.past.time = page.begin[1]! + page.responseAfter[1]! - 1;
    const texts = await cellTexts(columns, made.pull, [1], ['request.user-agent', 'response.vary']);
    expect(texts.get(1)).toEqual(['x/1', '']);
  });

  it('are empty where bytes were trimmed, and left out for what is not held', async () => {
    const made = traffic();
    const pull = () => Promise.reject(new Error('Trimmed'));
    const texts = await cellTexts(made.ingest().columns, pull, [1, 99], ['request.host']);
    expect([...texts]).toEqual([[1, ['']]]);
  });

  it('name the file that answered as the trace of the server does', async () => {
    const folder = makeFolder({ 'docs/index.html': '<p>Hello', 'a b inside the root, c.txt': 'x' });
    const handler = staticFiles(folder.path);
    const made = traffic();
    const conn = made.open(1, 50_002);
    const exchanges: number[] = [];
    for (const target of ['/docs/', '/a%20b%20inside%20the%20root,%20c.txt', '/none']) {
      const request = handlerRequest(target);
      (await handler(request)).body;
      const exchange = made.get(conn, target);
      exchanges.push(exchange);
      for (const { mark, detail } of request.marks) made.log.mark(conn, exchange, mark, detail);
    }
    folder.remove();
    const texts = await cellTexts(made.ingest().columns, made.pull, exchanges, ['file']);
    expect([...texts.values()].flat()).toEqual(['docs/index.html', 'a b inside the root, c.txt', '']);
  });
});
