import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { Program } from '../../support/program.ts';

let folder: ReturnType<typeof makeFolder>;
let program: Program;
let url: string;

beforeEach(async () => {
  folder = makeFolder({ 'index.html': '<p>page', 'css/a.css': 'p{}', 'node_modules/x/y.js': '1' });
  program = new Program([folder.path, '--port', '0', '--no-ui', '--live', '--json']);
  url = await program.find(/^listening (http:\S+)$/m, 'stderr');
  // Watching begins a moment after listening: from the first change on that is told, all are.
  const probe = await Page.open();
  for (let n = 0; probe.events.length === 0; n++) {
    write('.well-known/probe', String(n));
    await Promise.race([probe.next(), new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  await probe.close();
  const settled = await Page.open();
  write('settle', '1');
  await settled.until((paths) => paths?.includes('/settle') === true);
  await settled.close();
});
afterEach(async () => {
  await program.stop();
  folder.remove();
});

function write(name: string, content: string): void {
  mkdirSync(join(folder.path, name, '..'), { recursive: true });
  writeFileSync(join(folder.path, name), content);
}

const sinceOf = async () =>
  /since = '([^']+)'/.exec(await (await fetch(`${url}.wirescope/live.js`)).text())![1]!;

/** What a page hears, without a browser. */
class Page {
  readonly events: { id: string; paths: string[] | null }[] = [];
  readonly #abort = new AbortController();
  #wake = () => {};
  ended: Promise<void> = Promise.resolve();

  static async open(since?: string, lastEventId?: string): Promise<Page> {
    const page = new Page();
    const from = since ?? (await sinceOf());
    const response = await fetch(`${url}.wirescope/live?since=${from}`, {
      signal: page.#abort.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    page.ended = page.#read(response).catch(() => {});
    return page;
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        const id = /^id: (.*)$/m.exec(event)?.[1];
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (id === undefined || data === undefined) continue;
        this.events.push({ id, paths: JSON.parse(data) });
        this.#wake();
      }
    }
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async until(fits: (paths: string[] | null) => boolean): Promise<void> {
    while (!this.events.some(({ paths }) => fits(paths))) await this.next();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }
}

describe('open pages', () => {
  it('are told by path what was written, made and removed, and what is seen of it in the capture', async () => {
    const page = await Page.open();
    write('css/a.css', 'p{color:red}');
    await page.until((paths) => paths?.includes('/css/a.css') === true);
    write('grüß dich.html', 'new');
    await page.until((paths) => paths?.includes('/grüß dich.html') === true);
    rmSync(join(folder.path, 'index.html'));
    await page.until((paths) => paths?.includes('/index.html') === true);
    await program.find(/The page is told that \/css\/a\.css changed/);
    await page.close();
  });

  it('are told of a save in steps less often than it has steps', async () => {
    const page = await Page.open();
    for (let step = 0; step < 5; step++) write('css/a.css', `p{top:${step}px}`);
    write('last', '1');
    await page.until((paths) => paths?.includes('/last') === true);
    expect(page.events.filter(({ paths }) => paths?.includes('/css/a.css')).length).toBeLessThan(5);
    await page.close();
  });

  it('hear nothing of dot-folders and node_modules', async () => {
    const page = await Page.open();
    write('.git/HEAD', 'x');
    write('node_modules/x/y.js', '2');
    write('last', '1');
    await page.until((paths) => paths?.includes('/last') === true);
    const heard = page.events.flatMap(({ paths }) => paths);
    expect(heard.filter((path) => path !== '/.well-known/probe')).toEqual(['/last']);
    await page.close();
  });

  it('learn what they missed, when they come back', async () => {
    const since = await sinceOf();
    const other = await Page.open();
    write('css/a.css', '1');
    await other.until((paths) => paths?.includes('/css/a.css') === true);
    const page = await Page.open(since);
    await page.until((paths) => paths?.includes('/css/a.css') === true);
    const back = await Page.open('x', since);
    await back.until((paths) => paths?.includes('/css/a.css') === true);
    for (const one of [other, page, back]) await one.close();
  });

  it('are told when the folder is back, and from then on', async () => {
    const page = await Page.open();
    rmSync(folder.path, { recursive: true });
    write('index.html', '<p>back');
    await page.until((paths) => paths === null);
    // As at the start, watching begins a moment after that.
    for (let n = 0; !page.events.some(({ paths }) => paths?.includes('/again')); n++) {
      write('again', String(n));
      await Promise.race([page.next(), new Promise((resolve) => setTimeout(resolve, 200))]);
    }
    await page.close();
  });

  it.each(['0123.7', 'nonsense', ''])('of another run (%j) are loaded again', async (since) => {
    const page = await Page.open(since);
    await page.until((paths) => paths === null);
    await page.close();
  });

  it('do not keep the program from ending', async () => {
    const page = await Page.open();
    expect(await program.stop('SIGTERM')).toBe(0);
    await page.ended;
  });
});

describe('the script', () => {
  it('is never kept', async () => {
    const response = await fetch(`${url}.wirescope/live.js`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is not there without the option', async () => {
    const plain = new Program([folder.path, '--port', '0', '--no-ui']);
    const address = await plain.find(/^listening (http:\S+)$/m);
    expect((await fetch(`${address}.wirescope/live.js`)).status).toBe(404);
    const page = await fetch(`${address}`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toBe('<p>page');
    await plain.stop();
  });
});
