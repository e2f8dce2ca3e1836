export interface PathText {
  readonly path: string;
  /** With its question mark; '' when there is none. */
  readonly query: string;
}

/** The target in the two inks of the list. */
export function splitTarget(target: string): PathText {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at) };
}

/** Below this a head would leave the file's name unreadable, and that is what tells paths apart. */
const ROOM_FOR_HEAD = 20;

/** So little of a folder's name tells nothing. */
const SCRAP = 4;

/** Leaves out the middle: the folder at the start and the file's ending at the end; in little room only the end. */
export function elideMiddle(text: string, most: number): string {
  if (text.length <= most || most < 5) return text;
  const head = most < ROOM_FOR_HEAD ? 0 : Math.ceil((most - 1) / 2);
  const tail = text.slice(text.length - (most - 1 - head));
  const slash = head === 0 ? tail.indexOf('/') : -1;
  return `${text.slice(0, head)}…${slash > 0 && slash < SCRAP && slash < tail.length - 1 ? tail.slice(slash) : tail}`;
}

/** Line breaks and other controls as visible pictures: a target is hostile input and must not move anything. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0020\u007f-\u00a0]/g, (sign) => {
    const code = sign.charCodeAt(0);
    return code === 0x20 ? '·' : code < 0x20 ? String.fromCharCode(0x2400 + code) : '·';
  });
}
