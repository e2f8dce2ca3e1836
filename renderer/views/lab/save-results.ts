/** The results as files: tables for other programs, a drawing for people. */
import type { LabPlan } from '../../../server-core/capture/lab-call.ts';
import { figuresCsv, requestsCsv } from '../../lab/csv.ts';
import type { ModelResult } from '../../lab/group-result.ts';
import { labPicture, type PictureInk } from '../../lab/picture.ts';
import { saveFile, saveText } from '../shell/save-file.ts';
import { MODEL_LINES } from './model-lines.ts';

export interface Save {
  readonly name: string;
  readonly about: string;
  /** `group`: whose curves are drawn. */
  save(plan: LabPlan, results: readonly ModelResult[], group: number): Promise<void>;
}

/** A drawing on a screen of twice the density is drawn at twice its size. */
const PNG_SCALE = 2;

export const SAVES: readonly Save[] = [
  {
    name: 'Figures',
    about: 'CSV',
    save: async ({ scenario }, results) => saveText(`load-${scenario}.csv`, 'text/csv', figuresCsv(results)),
  },
  {
    name: 'Every request',
    about: 'CSV',
    save: async ({ scenario }, results) =>
      saveText(`load-${scenario}-requests.csv`, 'text/csv', requestsCsv(results)),
  },
  {
    name: 'Picture',
    about: 'SVG',
    save: async (plan, results, group) =>
      saveText(`load-${plan.scenario}.svg`, 'image/svg+xml', labPicture(plan, results, group, readInk())),
  },
  {
    name: 'Picture',
    about: 'PNG',
    save: async (plan, results, group) =>
      saveFile(`load-${plan.scenario}.png`, await png(labPicture(plan, results, group, readInk()))),
  },
];

/** The colours of the theme that is shown. */
function readInk(): PictureInk {
  const style = getComputedStyle(document.documentElement);
  const of = (token: string) => style.getPropertyValue(token).trim();
  return {
    ground: of('--panel'),
    well: of('--well'),
    line: of('--grat-2'),
    ink: of('--ink'),
    dim: of('--ink-3'),
    waited: of('--ph-idle'),
    started: of('--ph-work'),
    served: of('--server-fill'),
    failed: of('--bad'),
    lineOf: (model) => {
      const { ink, dash } = MODEL_LINES[model];
      return { stroke: of(ink), dash };
    },
  };
}

async function png(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width * PNG_SCALE, image.height * PNG_SCALE);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
