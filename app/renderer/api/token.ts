import { bridge } from './bridge.ts';

const key = 'tradepost.token';

/** The token of this window's session, or null when nobody is signed in. */
export function readToken(): string | null {
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
