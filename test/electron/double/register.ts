/** `node --import …/register.ts out/main/main.mjs`: gives a built main process the double in Electron's place. */
import { registerHooks } from 'node:module';

const DOUBLE = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: DOUBLE, shortCircuit: true }
      : next(specifier, context),
});
