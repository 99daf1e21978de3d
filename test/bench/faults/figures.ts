/** A figure that was asked for and what was found. */
export interface Figure {
  readonly name: string;
  readonly asked: string;
  readonly found: string;
  readonly isMet: boolean;
}

const limits = { below: (found: number, limit: number) => found < limit, exactly: (found: number, limit: number) => found === limit };

/** A figure with its limit: what was found must stay below it, or be exactly it. */
export const figure = (name: string, found: number, how: keyof typeof limits, limit: number, unit = ''): Figure => ({
  name,
  asked: `${how === 'below' ? '< ' : ''}${limit}${unit && ` ${unit}`}`,
  found: `${round(found)}${unit && ` ${unit}`}`,
  isMet: limits[how](found, limit),
});

/** A figure that is only told. */
export const told = (name: string, found: string): Figure => ({ name, asked: '', found, isMet: true });

export function printFigures(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  console.log(`\n${'figure'.padEnd(width)}  ${'asked'.padEnd(12)}  found`);
  for (const { name, asked, found, isMet } of figures) {
    console.log(`${name.padEnd(width)}  ${asked.padEnd(12)}  ${found}${isMet ? '' : '  MISSED'}`);
  }
}

/** The value below which such a share of the values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const round = (value: number): number => Math.round(value * 100) / 100;
