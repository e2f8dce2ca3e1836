#!/usr/bin/env node
/** What `wirescope` starts: it runs on the Node that it may have to refuse, so all else is loaded behind that. */
import { nodeProblem } from './node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  // A bundle beside this one; not a literal, or the two would be made one.
  void import(new URL('./cli.mjs', import.meta.url).href);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
