/** Names of files as strangers send them, made fit to be names of files here. */
import { windowsRefusal } from './windows-names.ts';

/** What file systems allow is 255 bytes; this leaves room for what a program puts in front of a name. */
const MAX_BYTES = 200;

/**
 * The last segment of what may be a path of any system, without what some system reads in a special way. Never
 * empty, never beginning with a dot, the same on every system; it may name a file that is there already.
 */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) as string;
  const plain = last
    .normalize('NFC')
    .replace(/[\0-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    // `photo~1.jpg` may be Windows' short name of another file.
    .replace(/~(?=\d)/g, '-')
    .replace(/^[. ]+|[. ]+$/g, '');
  const cut = cutBytes(plain);
  if (cut === '') return 'file';
  return windowsRefusal(cut) === undefined ? cut : `_${cut}`;
}

/** Keeps the extension, which says what it is. */
function cutBytes(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const end = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 20 ? name.slice(dot) : '';
  let stem = '';
  for (const char of end === '' ? name : name.slice(0, dot)) {
    if (Buffer.byteLength(stem + char) + end.length > MAX_BYTES) break;
    stem += char;
  }
  return stem + end;
}
