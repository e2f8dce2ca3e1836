/** 22.18: the first that takes types out of modules by itself, and has zstd. As package.json's `engines` says. */
const LEAST = [22, 18] as const;

/** One sentence for whoever has an older Node; undefined when this one will do. `version` as in `process.versions.node`. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `wirescope needs Node ${LEAST.join('.')} or newer, and this is ${version}: nodejs.org has it`;
}
