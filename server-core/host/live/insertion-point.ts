/**
 * Where in a page a script can be put so that every page runs it: as the first thing in its head.
 *
 * The end of a page is no such place. An open comment, script, style, title, textarea or template swallows what
 * follows, a frameset ignores it, and `</body>` in a string of a script is none. Its beginning has only what comes
 * before content: a doctype, comments, and the tags of html and head, if any. A script behind those opens the head
 * where there is no tag of it (WHATWG HTML §13.2.6.4.1 to §13.2.6.4.4), and is written before content is even read.
 */

/** A page may begin with a long comment. Beyond this, it is sent as it is. */
export const MAX_SEARCHED_BYTES = 65_536;

/** Tells apart `<html>`, `<head>` and `<!--` without the next piece. */
const LONGEST_START = 6;

/**
 * The index to insert at in a page whose text begins so (one char per byte); undefined when it is not told yet by
 * what is there. `whole` when nothing will follow.
 */
export function insertionPoint(text: string, whole: boolean): number | undefined {
  let at = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  let html = false;
  for (;;) {
    while (at < text.length && WHITESPACE.test(text[at]!)) at++;
    if (!whole && text.length - at < LONGEST_START) return undefined;
    let end: number | undefined;
    if (text.startsWith('<!--', at)) end = commentEnd(text, at);
    // §13.2.5.6 and §13.2.5.42: a doctype and everything bogus end at the first bracket, quoted or not.
    else if (text.startsWith('<!', at) || text.startsWith('<?', at)) end = after(text, '>', at);
    else if (!html && isTag(text, at, 'html')) {
      html = true;
      end = tagEnd(text, at);
    } else return isTag(text, at, 'head') ? tagEnd(text, at) : at;
    if (end === undefined) return undefined;
    at = end;
  }
}

const WHITESPACE = /[\t\n\f\r ]/;

/** §13.2.5.43: `<!-->` and `<!--->` are whole, and `--!>` ends one as well. */
function commentEnd(text: string, at: number): number | undefined {
  if (text.startsWith('>', at + 4)) return at + 5;
  if (text.startsWith('->', at + 4)) return at + 6;
  COMMENT_END.lastIndex = at + 4;
  return COMMENT_END.test(text) ? COMMENT_END.lastIndex : undefined;
}

const COMMENT_END = /--!?>/g;

function after(text: string, end: string, at: number): number | undefined {
  const found = text.indexOf(end, at);
  return found < 0 ? undefined : found + end.length;
}

function isTag(text: string, at: number, name: string): boolean {
  const start = text.slice(at, at + name.length + 2).toLowerCase();
  return start.startsWith(`<${name}`) && /[\t\n\f\r />]$/.test(start) && start.length === name.length + 2;
}

/** §13.2.5.33 to §13.2.5.39: a quote counts only where a value may begin. */
function tagEnd(text: string, from: number): number | undefined {
  let valueMayBegin = false;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at]!;
    if (valueMayBegin && (char === '"' || char === "'")) {
      const close = text.indexOf(char, at + 1);
      if (close < 0) return undefined;
      at = close;
      valueMayBegin = false;
    } else if (char === '>') return at + 1;
    else if (char === '=') valueMayBegin = true;
    else if (!WHITESPACE.test(char)) valueMayBegin = false;
  }
  return undefined;
}
