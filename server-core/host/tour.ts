/** The site that is served when no folder is named. It comes with a module of routes for what files cannot answer. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Source } from './site-handler.ts';

const ROUTES = 'routes.mjs';

/**
 * The module of the tour's routes, where it is the tour that is served; undefined for any other folder, since a
 * folder that is dropped on the window must not get to run code by the name of a file.
 *
 * @param tour the folder as it was built; where the program runs from its sources, what it was built from is the
 * same site
 */
export function tourRoutes(source: Source, tour: string): string | undefined {
  if (source.kind !== 'folder' || tour === '') return undefined;
  const sources = join(dirname(dirname(tour)), 'www');
  if (source.root !== tour && source.root !== sources) return undefined;
  const routes = join(source.root, ROUTES);
  return existsSync(routes) ? routes : undefined;
}
