import type { ReportKey, ReportRow } from '../../../shared/contracts/reports.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';
import { labelsFor } from './labels.ts';
import type { Asked } from './question.ts';

type SortBy = { readonly by: string; readonly direction: 'ascending' | 'descending' };

/** Rows in the order asked for: by a measure, by the time of an axis or by the names on it. Refuses 'report.unknownMeasure'. */
export async function sortRows(work: Work, asked: Asked, rows: readonly ReportRow[], { by, direction }: SortBy): Promise<ReportRow[]> {
  const at = asked.groupBy.indexOf(by);
  const isMeasure = asked.measures.includes(by);
  if (at < 0 && !isMeasure) throw new Refusal('report.unknownMeasure', { measure: by.slice(0, 60) });
  const values = isMeasure ? rows.map((row) => row.figures[by] ?? null) : ranksOf(await namesOn(work, asked, rows, at));
  const sign = direction === 'ascending' ? 1 : -1;
  const ranked = rows.map((row, index) => ({ row, value: values[index] ?? null }));
  // Nothing comes last whichever way it is sorted.
  ranked.sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === b.value ? byKeys(a.row, b.row) : a.value === null ? 1 : -1;
    return sign * compare(a.value, b.value) || byKeys(a.row, b.row);
  });
  return ranked.map(({ row }) => row);
}

/** One page, and where the next begins: behind the row that was last. */
export function pageOf(
  rows: readonly ReportRow[],
  { after, limit }: { after: string | undefined; limit: number },
): { rows: ReportRow[]; next: string | null } {
  const start = after === undefined ? 0 : startAfter(rows, after);
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  const next = last && start + limit < rows.length ? cursorFrom([JSON.stringify(last.keys), start + limit]) : null;
  return { rows: page, next };
}

/** Figures may have moved meanwhile: the row itself is looked for, and its old place serves when it is gone. */
function startAfter(rows: readonly ReportRow[], after: string): number {
  const [key = '', place = 0] = readCursor(after, ['text', 'number']);
  const index = rows.findIndex((row) => JSON.stringify(row.keys) === key);
  return index >= 0 ? index + 1 : Math.max(0, Number(place));
}

async function namesOn(work: Work, asked: Asked, rows: readonly ReportRow[], at: number): Promise<ReportKey[]> {
  const axis = asked.groupBy[at] ?? '';
  const kind = asked.report.axes[axis]?.kind;
  const keys = rows.map((row) => row.keys[at] ?? null);
  if (kind !== 'link' && kind !== 'branch' && kind !== 'place') return keys;
  const labels = (await labelsFor(work, asked, { rows, columns: [], bare: true }))[axis] ?? {};
  return keys.map((key) => (key === null ? null : (labels[String(key)]?.title ?? null)));
}

/** The place of each name among all of them: many rows bear the same one, and comparing names is dear. */
function ranksOf(names: readonly ReportKey[]): (number | null)[] {
  const different = new Set(names.filter((name) => name !== null));
  const ranks = new Map([...different].sort(compare).map((name, rank) => [name, rank]));
  return names.map((name) => (name === null ? null : (ranks.get(name) ?? null)));
}

const collator = new Intl.Collator('zh', { numeric: true });

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

/** Any order will do where names are the same, as long as it is always that one. */
function byKeys(a: ReportRow, b: ReportRow): number {
  for (const [at, key] of a.keys.entries()) {
    const other = b.keys[at] ?? null;
    if (key === other) continue;
    if (key === null || other === null) return key === null ? 1 : -1;
    return typeof key === 'number' && typeof other === 'number' ? key - other : byText(String(key), String(other));
  }
  return 0;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
