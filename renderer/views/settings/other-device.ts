/** The latest visitor that is not this computer, by one of its own addresses. */
export function otherDevice(urls: readonly string[], visitors: readonly string[]): string | undefined {
  const own = new Set(urls.map((url) => new URL(url).hostname));
  return visitors.map((address) => address.replace(/^::ffff:/, '')).findLast((address) => !own.has(address));
}
