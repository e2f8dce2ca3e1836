import type { HeatNode } from './heat-tree.ts';

/** Where a file lies on the machine that serves it; undefined for what is none, and for servers without a folder there. */
export function pathOnDisk(
  root: string,
  { kind, path }: Pick<HeatNode, 'kind' | 'path'>,
): string | undefined {
  if ((kind !== 'file' && kind !== 'folder') || /^(?:$|https?:\/\/)/i.test(root)) return undefined;
  const separator = /^[a-z]:|^\\\\/i.test(root) ? '\\' : '/';
  const below = path.replace(/^\//, '').replace(/\/$/, '').replaceAll('/', separator);
  const folder = root.replace(/(?<=.)[\\/]$/, '');
  return below === '' ? folder : folder.replace(/[\\/]$/, '') + separator + below;
}
