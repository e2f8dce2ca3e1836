/** The comparison: what a careful person writes on node:http for one static file, with stat, ETag and 304. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const folder = process.argv[2] as string;

const server = createServer(async (request, response) => {
  const path = join(folder, request.url ?? '/');
  const found = await stat(path);
  const etag = `"${found.size.toString(16)}-${found.mtimeMs.toString(16)}"`;
  const fields = {
    'content-type': 'text/plain; charset=utf-8',
    'last-modified': found.mtime.toUTCString(),
    etag,
    'cache-control': 'no-cache',
  };
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, fields).end();
  const content = await readFile(path);
  response.writeHead(200, { ...fields, 'content-length': content.length }).end(content);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
