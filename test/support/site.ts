import { afterEach } from 'vitest';
import { type StaticOptions, staticFiles } from '../../server-core/files/static.ts';
import type { Response } from '../../server-core/http/response.ts';
import { makeFolder } from './folder.ts';
import { contentOf, handlerRequest } from './handler-request.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** A site over a folder with these files, gone after the test; `get` asks its handler as a connection would. */
export function site(files: Record<string, string | Uint8Array> = {}, options: StaticOptions = {}) {
  const folder = makeFolder(files);
  folders.push(folder);
  const handler = staticFiles(folder.path, options);
  const ask = async (target: string, fields: Record<string, string> = {}, method = 'GET') => {
    const request = handlerRequest(target, fields, method);
    const response = await handler(request);
    return { response, marks: request.marks.map((mark) => mark.detail) };
  };
  const get = async (target: string, fields: Record<string, string> = {}, method = 'GET') =>
    (await ask(target, fields, method)).response;
  return { path: folder.path, ask, get };
}

export async function textOf(response: Response): Promise<string> {
  return (await contentOf(response)).toString('utf8');
}
