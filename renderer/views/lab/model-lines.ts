import type { ModelName } from '../../../server-core/capture/model-names.ts';

/** How the line of each model is drawn: a token of the sheet, and dashes, since colour alone does not reach everybody. */
export const MODEL_LINES: Readonly<Record<ModelName, { readonly ink: string; readonly dash: string }>> = {
  iterative: { ink: '--g4', dash: 'none' },
  process: { ink: '--g3', dash: '2 2' },
  prefork: { ink: '--g2', dash: '6 3' },
  threads: { ink: '--g1', dash: '8 2 2 2' },
  'event-loop': { ink: '--g1', dash: 'none' },
};
