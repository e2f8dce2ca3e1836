import { checkExport } from './export-call.ts';
import { checkFaultRules } from './fault-plan.ts';
import type { Call } from './feed-messages.ts';
import { checkLab } from './lab-call.ts';
import { MODEL_NAMES } from './model-names.ts';
import { checkSend } from './send-call.ts';
import { checkServerSettings } from './server-settings.ts';
import { checkUndo } from './undo-call.ts';

/** A detail of one MiB in the smallest reads that occur in practice (a few bytes a segment) stays under it. */
const MAX_PULL_POSITIONS = 65_536;

/** Checks a call that came over a transport; a string says in one sentence why it is none. */
export function checkCall(value: unknown): Call | string {
  if (typeof value !== 'object' || value === null) return 'A call is a JSON object';
  const call = value as Record<string, unknown>;
  switch (call.op) {
    case 'usage':
      return { op: 'usage' };
    case 'serve': {
      if (typeof call.path !== 'string' || call.path === '') return 'A `serve` call needs a path';
      const sure = call.sure === true ? { sure: true } : {};
      if (call.port === undefined) return { op: 'serve', path: call.path, ...sure };
      if (!isCount(call.port) || call.port > 65_535) return 'A port is a whole number from 0 to 65535';
      return { op: 'serve', path: call.path, port: call.port, ...sure };
    }
    case 'start':
    case 'stop':
    case 'remove':
    case 'follow':
      if (!isCount(call.server)) return `A \`${call.op}\` call needs a server's number`;
      return { op: call.op, server: call.server };
    case 'tree':
      if (!isCount(call.server)) return "A `tree` call needs a server's number";
      return { op: 'tree', server: call.server };
    case 'settings':
      if (!isCount(call.server)) return "A `settings` call needs a server's number";
      return { op: 'settings', server: call.server };
    case 'configure': {
      if (!isCount(call.server)) return "A `configure` call needs a server's number";
      const settings = checkServerSettings(call.settings);
      return typeof settings === 'string' ? settings : { op: 'configure', server: call.server, settings };
    }
    case 'model': {
      if (!isCount(call.server)) return "A `model` call needs a server's number";
      const model = MODEL_NAMES.find((name) => name === call.model);
      if (model === undefined) return `A \`model\` call needs one of ${MODEL_NAMES.join(', ')}`;
      return { op: 'model', server: call.server, model };
    }
    case 'open':
      if (!isCount(call.server)) return "An `open` call needs a server's number";
      if (typeof call.path !== 'string' || !call.path.startsWith('/'))
        return 'An `open` call needs a path that begins with /';
      return { op: 'open', server: call.server, path: call.path };
    case 'bench': {
      if (!isCount(call.server)) return "A `bench` call needs a server's number";
      if (call.rules === undefined) return { op: 'bench', server: call.server };
      const rules = checkFaultRules(call.rules);
      return typeof rules === 'string' ? rules : { op: 'bench', server: call.server, rules };
    }
    case 'reach':
      if (typeof call.anywhere !== 'boolean') return 'A `reach` call says whether it is anywhere';
      return { op: 'reach', anywhere: call.anywhere };
    case 'share':
      if (typeof call.on !== 'boolean') return 'A `share` call says whether it is on';
      return { op: 'share', on: call.on };
    case 'lab':
      return checkLab(call);
    case 'send':
      return checkSend(call);
    case 'undo':
      return checkUndo(call);
    case 'memory':
      if (!isCount(call.bytes) || call.bytes === 0) return 'A `memory` call needs a number of bytes';
      return { op: 'memory', bytes: call.bytes };
    case 'disk':
      if (!isCount(call.bytes)) return 'A `disk` call needs a number of bytes';
      return { op: 'disk', bytes: call.bytes };
    case 'read':
      if (!isCount(call.capture) || !isCount(call.from)) {
        return "A `read` call needs a capture's number and a position";
      }
      return { op: 'read', capture: call.capture, from: call.from };
    case 'close':
      if (!isCount(call.capture)) return "A `close` call needs a capture's number";
      return { op: 'close', capture: call.capture };
    case 'save':
      if (call.path === undefined) return { op: 'save' };
      if (typeof call.path !== 'string' || call.path === '') return 'A `save` call needs a path, or none';
      return { op: 'save', path: call.path };
    case 'export':
      return checkExport(call);
    case 'pull':
      if (!Array.isArray(call.positions) || !call.positions.every(isCount)) {
        return 'A `pull` call needs a list of positions';
      }
      if (call.positions.length > MAX_PULL_POSITIONS) {
        return `A \`pull\` call takes at most ${MAX_PULL_POSITIONS} positions`;
      }
      if (call.capture === undefined) return { op: 'pull', positions: call.positions };
      if (!isCount(call.capture)) return "A `pull` call takes a capture's number, or none";
      return { op: 'pull', positions: call.positions, capture: call.capture };
    default:
      return 'There is no such call';
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
