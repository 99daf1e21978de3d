/** What a window remembers beside its cache (filters, scroll, the order of lists) belongs to one person in one company. */
const forgetters = new Set<() => void>();

/** Has something forgotten when somebody else signs in here, or the same person in another company. */
export function forgetWithSession(forget: () => void): void {
  forgetters.add(forget);
}

export function forgetWindowMemory(): void {
  for (const forget of forgetters) forget();
}
