/** Plans worth trying, and what each shows. */
import { type FaultNumber, type FaultPlan, NO_FAULTS } from '../../../server-core/capture/fault-plan.ts';

export interface FaultPreset {
  readonly name: string;
  readonly watch: string;
  readonly plan: FaultPlan;
}

const preset = (name: string, watch: string, plan: Partial<FaultPlan>): FaultPreset => ({
  name,
  watch,
  plan: { ...NO_FAULTS, ...plan },
});

export const FAULT_PRESETS: readonly FaultPreset[] = [
  preset('Slow to begin', 'The grey part of each bar grows: the client waits for the first byte.', {
    delayMs: 1500,
  }),
  preset('A thin line', 'One write after the other along the lane, ten a second.', {
    bytesPerSecond: 20_000,
  }),
  preset('Byte by byte', 'Hundreds of writes for one answer. The page is the same, the work is not.', {
    writeBytes: 1,
  }),
  preset('Stuck half-way', 'The answer begins, and then nothing. When does the client give up?', {
    stallAfter: 500,
    stallMs: 10_000,
  }),
  preset('Cut off', 'Content-Length promised more. Does the client notice, or does it keep half a file?', {
    truncateAfter: 500,
  }),
  preset('Reset', 'RST instead of FIN: what was on its way is lost with it.', { resetAfter: 500 }),
  preset('A wrong length', 'The client waits for bytes that never come, until the close.', {
    lengthTooLarge: 10,
  }),
  preset('Every third fails', 'Which clients ask again by themselves, and how soon?', {
    unavailableEvery: 3,
  }),
  preset('No keep-alive', 'A lane for every request, each with its own handshake.', { close: true }),
];

export interface FaultField {
  readonly name: FaultNumber;
  readonly label: string;
  readonly unit: string;
}

export const FAULT_FIELDS: readonly (readonly [group: string, fields: readonly FaultField[]])[] = [
  [
    'Pace',
    [
      { name: 'delayMs', label: 'Before the first byte', unit: 'ms' },
      { name: 'bytesPerSecond', label: 'Content, no faster than', unit: 'B/s' },
      { name: 'writeBytes', label: 'Content in writes of', unit: 'B' },
      { name: 'stallAfter', label: 'Stall after', unit: 'B' },
      { name: 'stallMs', label: 'for', unit: 'ms' },
    ],
  ],
  [
    'Ends',
    [
      { name: 'truncateAfter', label: 'Close after', unit: 'B' },
      { name: 'resetAfter', label: 'Reset after', unit: 'B' },
      { name: 'lengthTooLarge', label: 'Content-Length too large by', unit: 'B' },
    ],
  ],
  ['Answers', [{ name: 'unavailableEvery', label: '503, one request in', unit: '' }]],
];
