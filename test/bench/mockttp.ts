/** mockttp answering with files and recording what it sees: `node mockttp.ts <path of the module> <file> …`. */
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Mockttp {
  start(): Promise<void>;
  readonly url: string;
  forGet(path: string): { thenFromFile(status: number, file: string): Promise<unknown> };
}

const [module, ...files] = process.argv.slice(2) as [string, ...string[]];
const loaded = (await import(pathToFileURL(module).href)) as { getLocal(options: object): Mockttp };
const server = loaded.getLocal({ recordTraffic: true });
await server.start();
for (const file of files) await server.forGet(`/${basename(file)}`).thenFromFile(200, file);
console.log(`listening ${server.url}/`);
