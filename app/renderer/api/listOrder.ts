/** The order in which each list was last shown: the record page goes to the next and the previous by it. */
const orders = new Map<string, readonly number[]>();

/** Remembers the ids of a list in the order the person sees them. */
export function keepListOrder(type: string, ids: readonly number[]): void {
  orders.set(type, ids);
}

/** The records before and after this one in the list the person came from. */
export function neighboursOf(type: string, id: number): { previous: number | null; next: number | null } {
  const ids = orders.get(type) ?? [];
  const at = ids.indexOf(id);
  return at < 0 ? { previous: null, next: null } : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}
