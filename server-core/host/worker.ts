/** The script that the processes and threads of a site run. */
import { isMainThread } from 'node:worker_threads';
import { type MakeSite, serveAsChild } from '../concurrency/child-server.ts';
import { serveAsThread } from '../concurrency/serve-as-thread.ts';
import { siteIdentity } from './authority/site-identity.ts';
import { siteHandler } from './site-handler.ts';
import { settingsOf, type WorkerSetup } from './worker-setup.ts';

const make: MakeSite = async (given, reports) => {
  const setup = given as WorkerSetup;
  const { source, host, https, home, limits } = setup;
  return {
    answers: siteHandler(source, settingsOf(setup), host, reports),
    limits,
    // The loop speaks TLS for its threads.
    identity: https && isMainThread ? (await siteIdentity(https, host, home)).identity : undefined,
  };
};

if (isMainThread) serveAsChild(make);
else void serveAsThread(make);
