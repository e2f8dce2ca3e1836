/** sirv on node:http: `node sirv.ts <folder> <path of the module> dev|production`. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

const [folder, module, mode] = process.argv.slice(2) as [string, string, string];

const loaded = (await import(pathToFileURL(module).href)) as {
  default: (folder: string, options: object) => RequestListener;
};
const server = createServer(loaded.default(folder, { dev: mode === 'dev', etag: true }));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
