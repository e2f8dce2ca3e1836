import { readdirSync, readFileSync, statSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FormData, fetch } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSource } from '../../server-core/files/file-source.ts';
import { receiveUploads, type UploadForm, type UploadOptions } from '../../server-core/files/uploads.ts';
import { jsonResponse, textResponse } from '../../server-core/http/content-response.ts';
import type { Response } from '../../server-core/http/response.ts';
import { type Served, serve } from '../net/serve.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let served: Served | undefined;

beforeEach(() => {
  folder = makeFolder();
});
afterEach(async () => {
  await served?.stop();
  served = undefined;
  folder.remove();
});

const left = () => readdirSync(folder.path);

async function post(
  form: FormData,
  answer: (form: UploadForm) => Response | Promise<Response>,
  options: UploadOptions = {},
) {
  served = await serve((request) => receiveUploads(request, answer, { folder: folder.path, ...options }));
  return fetch(`http://127.0.0.1:${served.port}/`, { method: 'POST', body: form });
}

function formOf(files: Record<string, string>, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, text] of Object.entries(files))
    form.append('file', new Blob([text], { type: 'text/x' }), name);
  return form;
}

describe('the files of a form', () => {
  it('lie on the disk while it is answered, and are gone afterwards', async () => {
    const response = await post(
      formOf({ '../a b.txt': 'AAA', 'c.txt': '' }, { title: 'T' }),
      async (form) => {
        const [first] = form.files;
        const modes = [first!.path, dirname(first!.path)].map((path) => statSync(path).mode & 0o777);
        expect(modes).toEqual([0o600, 0o700]);
        const texts = await Promise.all(form.files.map(({ path }) => readFile(path, 'utf8')));
        const told = form.files.map(({ field, name, type, length }) => ({ field, name, type, length }));
        return jsonResponse({ title: form.fields.get('title'), texts, told });
      },
    );
    expect(await response.json()).toEqual({
      title: 'T',
      texts: ['AAA', ''],
      told: [
        { field: 'file', name: 'a b.txt', type: 'text/x', length: 3 },
        { field: 'file', name: 'c.txt', type: 'text/x', length: 0 },
      ],
    });
    expect(left()).toEqual([]);
  });

  it('stay while a response is read from them', async () => {
    const content = 'x'.repeat(3_000_000);
    const response = await post(formOf({ a: content }), async ({ files: [file] }) => {
      const body = new FileSource(await open(file!.path), 0, file!.length);
      return { status: 200, fields: [], body };
    });
    expect(await response.text()).toBe(content);
    await expect.poll(left).toEqual([]);
  });

  it('stay where they are kept', async () => {
    const to = join(folder.path, 'kept.txt');
    const response = await post(formOf({ a: 'AAA', b: 'B' }), async ({ files: [file] }) => {
      await file!.keep(to);
      return textResponse('kept');
    });
    expect(await response.text()).toBe('kept');
    expect(left()).toEqual(['kept.txt']);
    expect(readFileSync(to, 'utf8')).toBe('AAA');
  });

  it('are removed when the handler fails', async () => {
    const response = await post(formOf({ a: 'AAA' }), () => {
      throw new Error('no');
    });
    expect(response.status).toBe(500);
    expect(left()).toEqual([]);
  });

  it.each<[string, UploadOptions, RegExp]>([
    ['too many', { maxFiles: 1 }, /more than the 1 files accepted/],
    ['too long in all', { maxTotalBytes: 5 }, /longer than the 5 bytes accepted/],
    ['one too long', { maxFileBytes: 3 }, /too long/],
  ])('are refused and removed when they are %s', async (_, limits, because) => {
    const response = await post(formOf({ a: 'AAAA', b: 'BBBB' }), () => textResponse('no'), limits);
    expect(response.status).toBe(413);
    expect(await response.text()).toMatch(because);
    expect(left()).toEqual([]);
  });

  it('fail with 500 when there is no place for them', async () => {
    const missing = join(folder.path, 'gone');
    const response = await post(formOf({ a: 'A' }), () => textResponse('no'), { folder: missing });
    expect(response.status).toBe(500);
  });

  it('are removed when the client goes in the middle', async () => {
    served = await serve((request) =>
      receiveUploads(request, () => textResponse('no'), { folder: folder.path }),
    );
    const gone = new AbortController();
    async function* content() {
      yield Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nsome');
      await expect.poll(left).toHaveLength(1);
      gone.abort();
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const url = `http://127.0.0.1:${served.port}/`;
    await fetch(url, { method: 'POST', body: content(), duplex: 'half', headers, signal: gone.signal }).catch(
      () => {},
    );
    await expect.poll(left).toEqual([]);
  });
});
