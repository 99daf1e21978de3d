import { bridge } from './bridge.ts';

const key = 'tradepost.token';

const viewingKey = 'tradepost.viewing';

/** The token that looks in somebody else's name, while this window does. */
export const readViewing = (): string | null => sessionStorage.getItem(viewingKey);

/** Keeps the token that looks in somebody else's name beside the own one, or forgets it. */
export function keepViewing(token: string | null): void {
  if (token === null) sessionStorage.removeItem(viewingKey);
  else sessionStorage.setItem(viewingKey, token);
}

/** The token of this window's session, or null when nobody is signed in. */
export function readToken(): string | null {
  const viewing = readViewing();
  if (viewing !== null) return viewing;
  const desktop = bridge();
  return desktop?.readToken ? desktop.readToken() : sessionStorage.getItem(key);
}

/** Keeps the token for this window, or forgets it. */
export function keepToken(token: string | null): void {
  const desktop = bridge();
  if (desktop?.keepToken) desktop.keepToken(token);
  else if (token === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
}
