/** The bytes of a request through printf into a connection: for what no client would send. */
import { authorityOf, latin1, MAX_INLINE_BYTES, type RepeatCommand } from './repeat-request.ts';
import { printfWord, shellWord } from './shell.ts';

/** @param origin scheme and authority to connect to. Throws one sentence when there are too many bytes. */
export function toNetcat(bytes: Uint8Array, origin: string): RepeatCommand {
  if (bytes.length > MAX_INLINE_BYTES) throw new Error('It is longer than a command can hold');
  const print = `printf ${printfWord(latin1(bytes))}`;
  const authority = authorityOf(origin);
  const [, host = authority, port] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(authority) ?? [];
  if (origin.startsWith('https:')) {
    const peer = shellWord(port === undefined ? `${authority}:443` : authority);
    return { command: `${print} | openssl s_client -quiet -connect ${peer}`, notes: [] };
  }
  return { command: `${print} | nc ${shellWord(host)} ${port ?? 80}`, notes: [] };
}
