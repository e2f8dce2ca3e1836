/** The page-side functions as text, as Chromium is given them. */
import { makeCodec } from '../codec.ts';
import { makeBridge } from './bridge.ts';
import { mainWorld } from './main-world.ts';
import { makeEmitter, preloadWorld } from './preload-world.ts';

export const MAIN_WORLD_SOURCE = `(${mainWorld})(${makeBridge})`;

/** Wraps a preload's text in the parameters that Electron gives one. */
export function preloadWorldSource(preload: string, processProperties: object): string {
  const run = `function(require,process,exports,module){const global=globalThis,setImmediate=(f,...a)=>setTimeout(f,0,...a),clearImmediate=clearTimeout;${preload}\n}`;
  const properties = JSON.stringify(processProperties);
  return `(${preloadWorld})(${makeBridge},${makeCodec},${makeEmitter},${properties},${run})`;
}
