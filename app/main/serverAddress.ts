/** Where a server listens when an address names no port. */
const usualPort = '7180';

/**
 * The origin a person means by what they typed: '192.168.1.10' and 'http://server:7180/' become 'http://…:7180', always
 * with its port. Null when it is no address of a server: another scheme, a name and password, a path, or nonsense.
 */
export function serverAddressOf(typed: string): string | null {
  const text = typed.normalize('NFKC').trim();
  if (text === '' || text.length > 300) return null;
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(written)) return null;
  const url = new URL(written);
  const isBare = url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!['http:', 'https:'].includes(url.protocol) || url.hostname === '' || !isBare) return null;
  // `URL` hides the port that is usual for the scheme, so the text itself says whether one was named.
  const namesPort = /:(\d+)\/?$/.exec(written)?.[1];
  return `${url.protocol}//${url.hostname}:${namesPort === undefined ? usualPort : Number(namesPort)}`;
}

/** The server named on the command line (`--server=URL`), or null. */
export function serverInArguments(args: readonly string[]): string | null {
  const given = args.find((argument) => argument.startsWith('--server='));
  return given === undefined ? null : serverAddressOf(given.slice('--server='.length));
}
