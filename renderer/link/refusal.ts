/** Why a WebSocket could not be opened, which browsers keep from pages: the same address is asked once more over HTTP. */

/** The host is there and does not know the token: no later try will do better. */
export const STALE_ADDRESS =
  'The address of this page has no token that the host knows: it is of an earlier start. Open the address that the command printed';

const UNREACHABLE = 'The host cannot be reached';

/** `url` is the WebSocket's. Resolves to one sentence. */
export async function whyRefused(url: string, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  try {
    const { status } = await fetch(url.replace(/^ws/, 'http'), { headers, cache: 'no-store' });
    return status === 403 ? STALE_ADDRESS : `The host refused the connection (${status})`;
  } catch {
    return UNREACHABLE;
  }
}
