/** Requests for a file or below a folder, in the language of the filter. */
import { keyed } from '../../filter/printer.ts';
import type { HeatNode } from './heat-tree.ts';

/** Undefined when nothing was asked for. */
export function heatTerm(node: HeatNode): string | undefined {
  if (node.hits === 0) return undefined;
  if (node.path === '/') return '';
  const terms = node.nodes.length > 0 ? [below(node)] : node.sent.flatMap(withQuery);
  return terms.length === 1 ? terms[0] : `(${terms.join(' or ')})`;
}

function below({ path, sent }: HeatNode): string {
  const encoded = sent.find((each) => each.endsWith('/')) ?? encodeURI(path);
  return keyed('path=', `${encoded}*`, true);
}

function withQuery(path: string): string[] {
  return [keyed('path=', path), keyed('path=', `${path}?*`, true)];
}
