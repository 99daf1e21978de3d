/** Somebody and those who answer to them. */
export interface Branch {
  readonly id: number;
  readonly below: Branch[];
}

/**
 * The trees that links upwards make, in the order given. Whoever answers to somebody who is not there stands at the top, and so
 * does the first of a circle: nobody is lost.
 */
export function branchesOf(people: readonly { readonly id: number; readonly above: number | null }[]): Branch[] {
  const known = new Set(people.map(({ id }) => id));
  const placed = new Set<number>();
  const grow = (id: number): Branch => {
    placed.add(id);
    const below = people.filter((one) => one.above === id && !placed.has(one.id));
    for (const one of below) placed.add(one.id);
    return { id, below: below.map((one) => grow(one.id)) };
  };
  const tops = people.filter(({ above }) => above === null || !known.has(above)).map(({ id }) => grow(id));
  const circles = people.flatMap(({ id }) => (placed.has(id) ? [] : [grow(id)]));
  return [...tops, ...circles];
}
