/** The window as a person meets it in the browser host: a running command, a real browser, a page. */
import type { Browser, Locator, Page } from 'playwright-core';
import { Program } from '../support/program.ts';

export class Window {
  readonly program: Program;
  readonly page: Page;
  /** Where the folder is served, with a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The window's own address, token included. */
  readonly address: string;
  /** What the page said went wrong, in its console or by throwing. */
  readonly complaints: string[];

  private constructor(program: Program, page: Page, url: string, address: string, complaints: string[]) {
    this.program = program;
    this.page = page;
    this.url = url;
    this.port = Number(new URL(url).port);
    this.address = address;
    this.complaints = complaints;
  }

  static async open(browser: Browser, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Window> {
    const program = new Program([...args, '--port', '0', '--ui-port', '0', '--no-open'], env);
    const url = await program.find(/^listening (\S+)$/m);
    const address = await program.find(/^window\s+(\S+)$/m);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address);
    const window = new Window(program, page, url, address, complaints);
    await window.serverRow().first().waitFor();
    return window;
  }

  rows(): Locator {
    return this.page.getByTestId('row');
  }

  row(target: string): Locator {
    return this.rows().filter({ has: this.page.locator(`[title="${target}"]`) });
  }

  serverRow(): Locator {
    return this.page.getByTestId('server-row');
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** The figures of the status bar's equation. */
  async ledger(): Promise<Record<'captured' | 'shown' | 'filtered' | 'trimmed', number>> {
    const read = async (name: string) =>
      Number((await this.page.getByTestId(`status-${name}`).innerText()).replaceAll(/\D/g, ''));
    const [captured, shown, filtered, trimmed] = await Promise.all([
      read('captured'),
      read('shown'),
      read('filtered'),
      read('trimmed'),
    ]);
    return { captured, shown, filtered, trimmed } as Record<
      'captured' | 'shown' | 'filtered' | 'trimmed',
      number
    >;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.program.stop();
  }
}
