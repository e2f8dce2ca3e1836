import { parseArgs } from 'node:util';
import { DESKTOP_SPEC } from '../electron/desktop-options.ts';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
}

/** Why no desktop window can be opened, as the end of a sentence; undefined when nothing is known against it. */
export function windowObstacle(
  args: readonly string[],
  { platform, env, isRoot }: Machine,
): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options: DESKTOP_SPEC, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(DESKTOP_SPEC, token.name)) continue;
    return `${token.rawName} is an option of the wirescope command`;
  }
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY)
    return 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set)';
  // Chromium's sandbox does not work for root, and we do not run without it.
  return isRoot ? 'Electron does not run as root' : undefined;
}
