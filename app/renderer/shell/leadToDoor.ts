import { readToken } from '../api/token.ts';

/** Where somebody may stand who is not signed in. */
const doors = ['/sign-in', '/setup', '/restore'];

/** Leads whoever is not known to the door, before anything behind it is fetched; where they wanted to go is kept in the address. */
export function leadToDoor(): void {
  const wanted = window.location.hash.slice(1) || '/';
  if (readToken() !== null || doors.some((door) => wanted.startsWith(door))) return;
  window.history.replaceState(null, '', wanted === '/' ? '#/sign-in' : `#/sign-in?from=${encodeURIComponent(wanted)}`);
}
