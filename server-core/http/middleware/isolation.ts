/**
 * Isolates the pages from those of other origins (HTML §7.1.3 and §7.1.4), which browsers ask for before they
 * give SharedArrayBuffer, threads of WebAssembly and exact clocks. Loopback and HTTPS only.
 */
import type { Middleware } from '../compose.ts';
import type { FieldPair } from '../response.ts';
import { setFields } from './set-fields.ts';

/**
 * `require-corp`: what a page embeds from elsewhere must allow it. `credentialless`: it is fetched without cookies
 * instead, which Safari does not know.
 */
export type EmbedderPolicy = 'require-corp' | 'credentialless';

export function isolation(embedder: EmbedderPolicy = 'require-corp'): Middleware {
  const added: readonly FieldPair[] = [
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Embedder-Policy', embedder],
  ];
  const layer = setFields(added);
  const line = `${added.map(([name, value]) => `${name} ${value}`).join(' and ')} added by the isolation setting`;
  return (request, next) => {
    if (request.tracing) request.mark('decision', line);
    return layer(request, next);
  };
}
