/**
 * `npm run bench [-- part …] [--seconds N] [--rounds N] [--connections N] [--case NAME,…] [--idle N] [--requests N]
 * [--exchanges N]`
 * Parts: serve, capture, idle, models, lab, soak, window. Without one, all of them.
 */
import { parseArgs } from 'node:util';
import { benchCapture } from './capture-cost.ts';
import { benchIdle } from './idle.ts';
import { benchLab } from './lab.ts';
import { benchModels } from './models.ts';
import { benchServing } from './serve.ts';
import { benchSoak } from './soak.ts';
import { benchWindow } from './window.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    case: { type: 'string', default: '' },
    idle: { type: 'string', default: '10000' },
    requests: { type: 'string', default: '1000000' },
    exchanges: { type: 'string', default: '1000000' },
  },
});

const load = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: Number(values.connections),
};

const PARTS = {
  serve: () => benchServing({ ...load, cases: values.case.split(',').filter((name) => name !== '') }),
  capture: () => benchCapture(load),
  idle: () => benchIdle({ connections: Number(values.idle) }),
  models: () => benchModels(load),
  lab: () => benchLab(load),
  soak: () => benchSoak({ requests: Number(values.requests) }),
  window: () => benchWindow({ exchanges: Number(values.exchanges) }),
} as const;

const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS);
for (const name of wanted) {
  const part = PARTS[name as keyof typeof PARTS];
  if (!part) throw new Error(`There is no part ${name}; there are ${Object.keys(PARTS).join(', ')}`);
  await part();
}
