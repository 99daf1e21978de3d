import { useCallback, useSyncExternalStore } from 'react';
import { useMaybeSession } from '../api/session.tsx';

const listeners = new Set<() => void>();

/** Something a person set for their own screen, kept on this computer per company and user: widths, filters, choices. */
export function usePreference<T>(key: string, initial: T): [T, (value: T | null) => void] {
  const session = useMaybeSession();
  const place = `tradepost.${session === null ? '' : `${session.company.code}.${session.user.id}.`}${key}`;
  return useStored(place, initial);
}

/** As usePreference, for everybody at this computer, before and after signing in. */
export function useDevicePreference<T>(key: string, initial: T): [T, (value: T | null) => void] {
  return useStored(`tradepost.${key}`, initial);
}

function useStored<T>(place: string, initial: T): [T, (value: T | null) => void] {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(place));
  const keep = useCallback((value: T | null) => writePreference(place, value), [place]);
  return [readStored(stored, initial), keep];
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function writePreference(place: string, value: unknown): void {
  if (value === null) localStorage.removeItem(place);
  else localStorage.setItem(place, JSON.stringify(value));
  for (const listener of listeners) listener();
}

const parsed = new Map<string, unknown>();

/** The same text gives the same object, so that nothing is drawn twice for it. */
function readStored<T>(stored: string | null, initial: T): T {
  if (stored === null) return initial;
  if (!parsed.has(stored)) parsed.set(stored, parseOr(stored, initial));
  return parsed.get(stored) as T;
}

function parseOr(stored: string, initial: unknown): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return initial;
  }
}
