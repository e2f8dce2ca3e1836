// Stops with one clear line where Node is too old: `node build/check-node.mjs 22.18`.
// Runs on the Node it complains about, so it is plain JavaScript of the oldest kind that has modules.

const wanted = process.argv[2] || '22.18';
const [wantedMajor, wantedMinor = 0] = wanted.split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  // `npm ci` brings Node 24 into node_modules, unless it was told to run no install scripts.
  const advice =
    wantedMajor >= 24
      ? 'run `npm ci` without --ignore-scripts, which brings it'
      : 'install it from nodejs.org';
  console.error(`This needs Node ${wanted} or newer and runs on ${process.versions.node}: ${advice}.`);
  process.exit(1);
}
