/** Who publishes the packages: deb and rpm name a homepage and somebody with an address, and nobody is made up. */

/** The part of package.json that tells. */
export interface Manifest {
  readonly homepage?: unknown;
  readonly author?: unknown;
}

/** What is known of the publisher; nothing in it is malformed. */
export interface Publisher {
  readonly homepage?: string;
  /** `Name <address>`. */
  readonly maintainer?: string;
}

/** The environment goes before package.json. Throws for a value of the environment that could not be used. */
export function publisherOf(env: NodeJS.ProcessEnv, { homepage, author }: Manifest): Publisher {
  const page = given(env, 'WIRESCOPE_HOMEPAGE', isHomepage, 'an http or https URL') ?? homepage;
  const somebody = given(env, 'WIRESCOPE_MAINTAINER', isSomebody, 'Name <address>') ?? author;
  return {
    ...(isHomepage(page) && { homepage: page }),
    ...(isSomebody(somebody) && { maintainer: somebody }),
  };
}

/** One sentence where packages that name their maker have to be left out; undefined where all can be made. */
export function missingOf({ homepage, maintainer }: Publisher): string | undefined {
  const missing = [
    ...(homepage === undefined ? ['WIRESCOPE_HOMEPAGE to a URL, or "homepage" in package.json'] : []),
    ...(maintainer === undefined
      ? ['WIRESCOPE_MAINTAINER to "Name <address>", or "author" in package.json']
      : []),
  ];
  if (missing.length === 0) return undefined;
  return `deb and rpm are left out: they name a homepage and somebody with an address; set ${missing.join('; and ')}`;
}

/** An empty variable is one that is not set. */
function given(
  env: NodeJS.ProcessEnv,
  name: string,
  isFit: (value: unknown) => value is string,
  form: string,
): string | undefined {
  const value = env[name];
  if (!value) return undefined;
  if (!isFit(value)) throw new Error(`${name} is ${form}, not ${JSON.stringify(value)}`);
  return value;
}

function isHomepage(value: unknown): value is string {
  return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

/** One line, as it becomes one in the control file of a package. */
function isSomebody(value: unknown): value is string {
  return typeof value === 'string' && /^[^<>\s][^<>\r\n]* <[^<>\s@]+@[^<>\s@]+>$/.test(value);
}
