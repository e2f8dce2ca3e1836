import { spawn } from 'node:child_process';

/** Opens a URL in the person's browser. Does nothing where there is none: the address was printed. */
export function openUrl(url: string): void {
  const [command, ...before] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command as string, [...before, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

const COMMANDS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // `start` is a word of the shell; the empty text is the window title it would else take the URL for.
  win32: ['cmd', '/c', 'start', '""'],
};
