/** A piece of SQL with what fills its question marks. */
export interface Piece {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}

/** Places of one ledger: named ones, or all of some kinds (`warehouse:…`). */
export type Places = readonly string[] | { readonly kinds: readonly string[] };

/** The kinds of places at which goods are ours. */
export const ourKinds = ['warehouse', 'transit', 'lent'] as const;

type Column = 'from_place' | 'to_place' | 'place';

/** Whether that end of a move (or a balance) is at one of the places. */
export function isAt(column: Column, places: Places): Piece {
  // The place names of a kind lie between 'warehouse:' and 'warehouse;', which is the next sign.
  if ('kinds' in places) {
    const one = `(${column} >= ? and ${column} < ?)`;
    return { sql: `(${places.kinds.map(() => one).join(' or ')})`, bindings: places.kinds.flatMap((kind) => [`${kind}:`, `${kind};`]) };
  }
  return { sql: `${column} in (${places.map(() => '?').join(', ')})`, bindings: places };
}

/** Moves that touch the places at either end. */
export function touches(places: Places): Piece {
  const [from, to] = [isAt('from_place', places), isAt('to_place', places)];
  return { sql: `(${from.sql} or ${to.sql})`, bindings: [...from.bindings, ...to.bindings] };
}

/** By how much a move raises what lies at the places; below zero when it lowers it. */
export function changeAt(places: Places): Piece {
  const [from, to] = [isAt('from_place', places), isAt('to_place', places)];
  return {
    sql: `(case when ${to.sql} then amount else 0 end - case when ${from.sql} then amount else 0 end)`,
    bindings: [...to.bindings, ...from.bindings],
  };
}
