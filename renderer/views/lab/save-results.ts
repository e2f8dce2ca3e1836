/** The results as files: tables for other programs, a drawing for people. */
import type { LabPlan } from '../../../server-core/capture/lab-call.ts';
import { figuresCsv, requestsCsv } from '../../lab/csv.ts';
import type { ModelResult } from '../../lab/group-result.ts';
import { labPicture, type PictureInk } from '../../lab/picture.ts';

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
    save: async ({ scenario }, results) => saveText(figuresCsv(results), 'text/csv', `lab-${scenario}.csv`),
  },
  {
    name: 'Every request',
    about: 'CSV',
    save: async ({ scenario }, results) =>
      saveText(requestsCsv(results), 'text/csv', `lab-${scenario}-requests.csv`),
  },
  {
    name: 'Picture',
    about: 'SVG',
    save: async (plan, results, group) =>
      saveText(labPicture(plan, results, group, readInk()), 'image/svg+xml', `lab-${plan.scenario}.svg`),
  },
  {
    name: 'Picture',
    about: 'PNG',
    save: async (plan, results, group) =>
      saveBlob(await png(labPicture(plan, results, group, readInk())), `lab-${plan.scenario}.png`),
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
    failed: of('--bad').startsWith('var') ? of('--s5') : of('--bad'),
    series: {
      iterative: { stroke: of('--g4'), dash: 'none' },
      process: { stroke: of('--g3'), dash: '2 2' },
      prefork: { stroke: of('--g2'), dash: '6 3' },
      threads: { stroke: of('--g1'), dash: '8 2 2 2' },
      'event-loop': { stroke: of('--g1'), dash: 'none' },
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

function saveText(text: string, type: string, name: string): void {
  saveBlob(new Blob([text], { type }), name);
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
