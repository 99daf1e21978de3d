import type { PickRow } from '../../../../shared/contracts/wire.ts';

const keptMax = 8;

/** What a person picked last, per type, kept on this computer: ids and names only. */
export function recentPicks(place: string, type: string): PickRow[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(place, type)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKept).map(({ id, title, code }) => ({ id, title, code, values: {}, titles: {} })) : [];
  } catch {
    return [];
  }
}

export function rememberPick(place: string, type: string, row: PickRow): void {
  const others = recentPicks(place, type).filter((other) => other.id !== row.id);
  const kept = [row, ...others].slice(0, keptMax).map(({ id, title, code }) => ({ id, title, code }));
  localStorage.setItem(keyOf(place, type), JSON.stringify(kept));
}

/** Rows found without typing, those picked last first; a pick the server no longer offers is left out. */
export function recentFirst(rows: readonly PickRow[], recent: readonly PickRow[]): PickRow[] {
  const offered = new Map(rows.map((row) => [row.id, row]));
  const first = recent.flatMap((row) => offered.get(row.id) ?? []);
  return [...first, ...rows.filter((row) => !first.includes(row))];
}

const keyOf = (place: string, type: string) => `tradepost.picked.${place}.${type}`;

function isKept(value: unknown): value is Pick<PickRow, 'id' | 'title' | 'code'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'number' &&
    'title' in value &&
    typeof value.title === 'string'
  );
}
