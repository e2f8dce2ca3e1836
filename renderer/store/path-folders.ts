/** Beyond it, what lies deeper stands in the deepest one: a target may hold thousands of slashes. */
const MOST_DEPTH = 8;

/** The folder that a target lies in, however deep; the whole of one that is no path. */
export function folderOf(target: string): string {
  const query = target.indexOf('?');
  const whole = query < 0 ? target : target.slice(0, query);
  // absolute-form, RFC 9112 §3.2.2
  const path = whole.startsWith('/') ? whole : whole.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  return path.startsWith('/') ? path.slice(0, path.lastIndexOf('/') + 1) : whole;
}

/**
 * The folders that a target lies in, the outermost first, each by its whole path with a slash at its end. What lies at
 * the top is in `/`, which holds no other folder; a target that is no path, RFC 9112 §3.2.3 and §3.2.4, is one by itself.
 */
export function foldersOf(target: string): string[] {
  const path = folderOf(target);
  if (!path.startsWith('/')) return [path];
  const folders: string[] = [];
  for (let at = path.indexOf('/', 1); at > 0 && folders.length < MOST_DEPTH; at = path.indexOf('/', at + 1)) {
    folders.push(path.slice(0, at + 1));
  }
  return folders.length === 0 ? ['/'] : folders;
}
