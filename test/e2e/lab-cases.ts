/** Does labs as a learner would: wrongly first, then rightly, by each way that the lab offers. */
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab, LabTask } from '../../renderer/learn/lab-file.ts';
import { builtInLabs } from '../../renderer/learn/labs.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { Learner } from './lab-learner.ts';
import { RIGHT, WRONG } from './lab-ways.ts';

const LAB_MS = 90_000;
/** One lab is about the deadline for a head, which is 30 s unless it is said; a byte at a time still comes through in this. */
const HEAD_SECONDS = 12;

const HAS_CURL = hasCurl();

export function testLabs(topics: readonly string[]): void {
  const labs = builtInLabs().filter(({ topic }) => topics.includes(topic));

  describe.skipIf(!BROWSER)(`labs of ${topics.join(', ')}`, () => {
    let browser: Browser;
    let learner: Learner;
    beforeAll(async () => {
      browser = await launchBrowser();
      learner = await Learner.arrive(browser, ['--limit', `head=${HEAD_SECONDS}`]);
    });
    afterAll(async () => {
      const complaints = learner?.window.complaints ?? [];
      await learner?.leave();
      await browser?.close();
      expect(complaints).toEqual([]);
    });

    it.each(labs)(
      '$id is not done by what is not asked for, and is by what is',
      async (lab) => {
        await learner.open(lab);
        const last = await doWrongly(learner, lab);
        expect(await learner.done()).toBe(`0 of ${lab.tasks.length}`);
        for (const task of lab.tasks) await doTask(learner, lab, task, 'bytes');
        await learner.finished(lab);
        // A tick that came late is none of the wrong traffic's either.
        for (const exchange of await learner.proofs(lab)) expect(exchange).toBeGreaterThan(last);
        await learner.close();
      },
      LAB_MS,
    );

    const typed = labs.filter(({ tasks }) => tasks.some(({ command, send }) => command && send));
    it.skipIf(!HAS_CURL).each(typed)(
      '$id is done by its commands too',
      async (lab) => {
        await learner.reopen(lab);
        for (const task of lab.tasks) {
          if (task.command === undefined || task.send === undefined) continue;
          await doTask(learner, lab, task, 'command');
          await learner.ticked(task);
        }
        await learner.close();
      },
      LAB_MS,
    );
  });
}

/** Returns the number of the last exchange of it, once the window has it. */
async function doWrongly(learner: Learner, lab: Lab): Promise<number> {
  const [exchanges, act] = WRONG[lab.id]!;
  const wanted = (await learner.captured()) + exchanges;
  await act(learner);
  await expect.poll(() => learner.captured()).toBeGreaterThanOrEqual(wanted);
  return learner.captured();
}

async function doTask(learner: Learner, lab: Lab, task: LabTask, way: 'bytes' | 'command'): Promise<void> {
  const special = RIGHT[`${lab.id}/${task.id}`];
  if (special) await special(learner);
  else if (task.send && (way === 'bytes' || task.command === undefined)) await learner.sendOffered(task.send);
  else if (task.command !== undefined) await learner.run(task.command);
  else if (task.open !== undefined) await learner.visit(task.open);
  else throw new Error(`Nothing says how ${lab.id}/${task.id} is done`);
  // What a task is to be done by must not be what ticks the one before.
  await learner.ticked(task);
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return process.platform !== 'win32';
  } catch {
    return false;
  }
}
