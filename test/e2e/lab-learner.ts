/** A learner at work: the window with a lab open, a browser on the site, a shell, and a raw client. */
import { execFile } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { parseEscapes } from '../../renderer/learn/escapes.ts';
import { type Lab, type LabTask, sentBy } from '../../renderer/learn/lab-file.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { Window } from './window.ts';

const PATIENCE = { timeout: 45_000, interval: 50 };

export class Learner {
  readonly window: Window;
  /** A page of the site that is served. */
  readonly site: Page;
  readonly #home: ReturnType<typeof makeFolder>;
  readonly #clients: RawClient[] = [];

  private constructor(window: Window, site: Page, home: ReturnType<typeof makeFolder>) {
    this.#home = home;
    this.window = window;
    this.site = site;
  }

  /** Serves the site that comes with the program, unless it is told otherwise. */
  static async arrive(browser: Browser, args: readonly string[] = []): Promise<Learner> {
    const home = makeFolder();
    const window = await Window.open(browser, args, { WIRESCOPE_HOME: home.path });
    await window.page.getByRole('button', { name: 'Begin with a lab' }).click();
    const site = await window.page.context().newPage();
    await window.page.bringToFront();
    return new Learner(window, site, home);
  }

  async open(lab: Lab): Promise<void> {
    await this.close();
    await this.window.page.locator(`[data-lab="${lab.id}"]`).click();
    await expect.poll(() => this.done()).toBe(`0 of ${lab.tasks.length}`);
  }

  /** Leaves the lab that is open, if one is, and whatever was still connected for it. */
  async close(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    const leave = this.window.page.getByRole('button', { name: 'Labs', exact: true });
    if (await leave.isVisible()) await leave.click();
  }

  /** Opens a lab that was done, and begins it anew. */
  async reopen(lab: Lab): Promise<void> {
    await this.close();
    await this.window.page.locator(`[data-lab="${lab.id}"]`).click();
    await this.window.page.getByRole('button', { name: 'Begin anew' }).click();
    await expect.poll(() => this.done()).toBe(`0 of ${lab.tasks.length}`);
  }

  done(): Promise<string> {
    return this.window.page.getByTestId('lab-done').innerText();
  }

  async finished(lab: Lab): Promise<void> {
    const open = () =>
      this.window.page
        .locator('[data-testid="lab-task"]:not(.done)')
        .evaluateAll((all) => all.map((task) => (task as HTMLElement).dataset['task']));
    await expect.poll(open, PATIENCE).toEqual([]);
    await expect.poll(() => this.done()).toBe(`${lab.tasks.length} of ${lab.tasks.length}`);
  }

  /** Whether it is before long. */
  async isTicked(task: string): Promise<boolean> {
    await this.window.page.bringToFront();
    const item = this.window.page.locator(`[data-testid="lab-task"][data-task="${task}"].done`);
    return item.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  }

  async ticked(task: LabTask): Promise<void> {
    // A page behind another is told the time but once a second.
    await this.window.page.bringToFront();
    const item = this.window.page.locator(`[data-testid="lab-task"][data-task="${task.id}"]`);
    await expect
      .poll(() => item.getAttribute('class'), { ...PATIENCE, message: task.id })
      .toMatch(/\bdone\b/);
  }

  /** Numbers of the last exchanges that each task was done by. */
  async proofs(lab: Lab): Promise<readonly number[]> {
    const text = await this.window.page.evaluate(() => localStorage.getItem('wirescope.labs') ?? '{}');
    const progress = JSON.parse(text) as Record<
      string,
      { done: Record<string, { by: { exchange: number }[] }> }
    >;
    return Object.values(progress[lab.id]?.done ?? {}).map(({ by }) => by.at(-1)!.exchange);
  }

  captured(): Promise<number> {
    return this.window.ledger().then(({ captured }) => captured);
  }

  /** On a connection of its own, to its end. `{host}` stands for the server. */
  async send(text: string, { finish = false } = {}): Promise<void> {
    const client = await RawClient.open(this.window.port);
    await client.send(text.replaceAll('{host}', this.#host));
    if (finish) client.finish();
    await client.rest();
    client.close();
  }

  get(target: string, ...fields: readonly string[]): Promise<void> {
    return this.send(
      [`GET ${target} HTTP/1.1`, 'Host: {host}', ...fields, 'Connection: close', '', ''].join('\r\n'),
    );
  }

  /** What “Open in Compose” offers, cut as it says. The connection stays open until the lab is left. */
  async sendOffered(send: NonNullable<LabTask['send']>, { finish = false } = {}): Promise<void> {
    const { text, cut } = sentBy(send);
    const { bytes } = parseEscapes(text.replaceAll('{host}', this.#host));
    const client = await RawClient.open(this.window.port);
    this.#clients.push(client);
    const every = cut?.every ?? bytes.length;
    for (let at = 0; at < bytes.length; at += every) {
      await client.send(bytes.slice(at, at + every));
      // Long enough that a server which is busy reads each by itself.
      if (cut) await new Promise((resolve) => setTimeout(resolve, Math.max(cut.pauseMs, 200)));
    }
    if (finish) client.finish();
  }

  /** What the task says to type; curl may fail, as some of them are meant to. */
  run(command: string): Promise<void> {
    const typed = command.replaceAll('{url}', this.window.url);
    return new Promise((resolve) => {
      execFile('sh', ['-c', typed], { timeout: 20_000, maxBuffer: 1 << 26 }, () => resolve());
    });
  }

  async visit(path: string): Promise<Page> {
    await this.site.bringToFront();
    await this.site.goto(new URL(path, this.window.url).href);
    return this.site;
  }

  async press(path: string, ...names: readonly string[]): Promise<void> {
    const page = await this.visit(path);
    for (const name of names) await page.getByRole('button', { name, exact: true }).click();
  }

  get #host(): string {
    return `127.0.0.1:${this.window.port}`;
  }

  async leave(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.window.close();
    this.#home.remove();
  }
}
