/** The lanes of the timeline as a person goes along them by keys. */
import { expect } from 'vitest';
import type { Window } from './window.ts';

export interface LaneStep {
  /** Seconds since midnight. */
  readonly at: number;
  readonly words: string;
}

/** All lanes in sight, with the keys on them. */
export async function showLanes(window: Window): Promise<void> {
  await window.tab('Timeline');
  await window.page.getByTestId('timeline-lane').first().waitFor();
  await window.page.getByRole('button', { name: 'Fit', exact: true }).click();
  await window.page.locator('.lanes').focus();
}

/** Where the keys are, in words. */
export function said(window: Window): Promise<string> {
  return window.page.getByTestId('lane-said').innerText();
}

/** What is said at each step along the lane on which the keys are, from there to its end. */
export async function along(window: Window): Promise<LaneStep[]> {
  const steps: LaneStep[] = [];
  for (let before = await said(window), step = 0; step < 200; step++) {
    await window.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => said(window)).not.toBe(before);
    before = await said(window);
    if (before.startsWith('Nothing after')) break;
    const [, hours, minutes, seconds, words = ''] = /^c\d+, (\d+):(\d+):([\d.]+): (.*)$/.exec(before) ?? [];
    steps.push({ at: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds), words });
  }
  return steps;
}

/** Goes back to the first step of the lane on which the keys are; a lane that is gone to keeps the time of the last. */
export async function toItsStart(window: Window): Promise<void> {
  for (let step = 0; step < 200; step++) {
    const before = await said(window);
    if (before.startsWith('Nothing before')) return;
    await window.page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => said(window)).not.toBe(before);
  }
}
