/**
 * Says how long an answer may be kept, where its handler did not. Without Cache-Control a cache may guess (RFC 9111
 * §4.2.2), and shows old content for as long as it guessed. Files say it themselves: see files/cache-policy.ts.
 */
import type { Middleware } from '../compose.ts';
import type { Response } from '../response.ts';
import { setFields } from './set-fields.ts';

/** `value` is the field's; by default a copy may be kept, but is asked for each time. */
export function cacheControl(value = 'no-cache'): Middleware {
  const layer = setFields([['Cache-Control', value]]);
  const line = `The handler set no Cache-Control, so ${value} is added`;
  return (request, next) => {
    const finish = (response: Response) => {
      if (response.status < 200 || response.fields.some(([name]) => name.toLowerCase() === 'cache-control'))
        return response;
      if (request.tracing) request.mark('decision', line);
      return layer(request, () => response);
    };
    const response = next(request);
    return response instanceof Promise ? response.then(finish) : finish(response);
  };
}
