/** Which program listens on a port of this machine, where the system tells. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** For tools of the system that answer in a tenth of it. */
const TOOL_MS = 2000;
/** State LISTEN in /proc/net/tcp. */
const LISTENING = '0A';

/** Such as `nginx (process 812)`; undefined where it cannot be told, as for programs of other users. */
export async function portOwner(port: number, platform = process.platform): Promise<string | undefined> {
  try {
    const owner = await (FINDERS[platform] ?? byProc)(port);
    if (!owner) return undefined;
    return owner.pid === process.pid ? 'another server here' : `${owner.name} (process ${owner.pid})`;
  } catch {
    return undefined;
  }
}

interface Owner {
  readonly pid: number;
  readonly name: string;
}

const FINDERS: Partial<Record<NodeJS.Platform, (port: number) => Promise<Owner | undefined>>> = {
  darwin: async (port) => parseLsof(await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])),
  win32: async (port) => {
    const pid = parseNetstat(await output('netstat', ['-ano', '-p', 'TCP']), port);
    if (pid === undefined) return undefined;
    const list = await output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    return { pid, name: /^"([^"]+)"/m.exec(list)?.[1] ?? 'a program' };
  },
};

/** The lines `p<pid>` and `c<command>` of `lsof -F`. */
export function parseLsof(text: string): Owner | undefined {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const name = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}

/** `  TCP    127.0.0.1:8080    0.0.0.0:0    LISTENING    812`; the word for the state is in the system's language. */
export function parseNetstat(text: string, port: number): number | undefined {
  for (const line of text.split('\n')) {
    const [protocol, local, remote, , pid] = line.trim().split(/\s+/);
    if (protocol !== 'TCP' || !local?.endsWith(`:${port}`) || !remote?.endsWith(':0')) continue;
    if (pid !== undefined && /^\d+$/.test(pid)) return Number(pid);
  }
  return undefined;
}

/** Linux: the inode of the listening socket, and the process that has a descriptor of it. */
async function byProc(port: number): Promise<Owner | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return undefined;
  const links = new Set([...inodes].map((inode) => `socket:[${inode}]`));
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || !(await holds(pid, links))) continue;
    return { pid: Number(pid), name: await programOf(pid) };
  }
  return undefined;
}

/** `sl local_address rem_address st … inode` with the port in hex behind the address. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .flatMap(([, , , , , , , , , inode]) => (inode === undefined ? [] : [inode]));
}

/** By its file: the name that a process gives itself may be the one of a thread. */
async function programOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  if (file !== undefined) return basename(file.replace(/ \(deleted\)$/, ''));
  return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
}

async function holds(pid: string, links: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  // Those of other users cannot be read, and processes end meanwhile.
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return found.some((link) => links.has(link));
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: TOOL_MS, windowsHide: true });
  return stdout;
}
