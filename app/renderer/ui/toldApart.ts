/**
 * Each row with a key of its own for rows that have no id: what it says, and the how manieth it is that says so. A row that moves keeps
 * its key.
 */
export function toldApart<R>(rows: readonly R[]): { key: string; row: R }[] {
  const times = new Map<string, number>();
  return rows.map((row) => {
    const text = JSON.stringify(row);
    const time = (times.get(text) ?? 0) + 1;
    times.set(text, time);
    return { key: `${time} ${text}`, row };
  });
}
