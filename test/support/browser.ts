import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../build/find-browser.ts';

/** Keeps the browser from talking to anything but the page under test. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `npm test` finds or installs one, and says plainly how to get one when it cannot. */
export const BROWSER = findBrowser();

/** A real browser of this machine, without a window. */
export function launchBrowser(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: BROWSER as string,
    args: root ? [...QUIET, '--no-sandbox'] : QUIET,
  });
}
