/** The line a person stands on. It changes with every arrow key, so it is kept beside the form: only the facts about the line listen. */
export interface ActiveRow {
  part: string | null;
  row: number | null;
}

export interface ActiveRowStore {
  get(): ActiveRow;
  set(active: ActiveRow): void;
  subscribe(listener: () => void): () => void;
}

export function makeActiveRow(): ActiveRowStore {
  let now: ActiveRow = { part: null, row: null };
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set: (active) => {
      if (active.part === now.part && active.row === now.row) return;
      now = active;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
