import type { CDPSession } from 'playwright-core';

/** Bytes that the page's worker holds, after a collection: its heap and the memory behind its arrays. */
export async function workerHeap(session: CDPSession): Promise<number> {
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let lastId = 0;
  const call = (method: string) =>
    new Promise<Record<string, number>>((resolve, reject) => {
      const id = ++lastId;
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as {
          id?: number;
          result?: Record<string, number>;
          error?: unknown;
        };
        if (answer.id !== id) return;
        if (answer.result) resolve(answer.result);
        else reject(new Error(JSON.stringify(answer.error)));
      });
      const message = JSON.stringify({ id, method, params: {} });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  await call('HeapProfiler.enable');
  await call('HeapProfiler.collectGarbage');
  const usage = await call('Runtime.getHeapUsage');
  return (usage['usedSize'] ?? 0) + (usage['backingStorageSize'] ?? 0);
}
