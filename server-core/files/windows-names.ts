/** Names that Windows resolves to something else than a file of that name. */

const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;

/** Why a name is refused on Windows, for the decision trace; undefined when it is harmless. */
export function windowsRefusal(name: string): string | undefined {
  if (DEVICE.test(name)) return `${name} is a device on Windows`;
  if (name.includes(':')) return 'A colon opens another stream of a file on Windows';
  if (/[. ]$/.test(name)) return 'Windows drops a trailing dot or space, so another file would answer';
  if (/~\d/.test(name)) return 'It may be the short name that Windows keeps for another file';
  return undefined;
}
