import type { AnyRecord, Becoming, Definition } from '../../shared/kernel/definition.ts';
import { standingRows } from '../ledger/standing.ts';
import type { Work } from '../work.ts';

interface Taken {
  readonly becoming: Becoming;
  /** The document that takes (1) or gives back (-1), in the middle of its step: the database does not know of it yet. */
  readonly document: AnyRecord;
  readonly sign: 1 | -1;
}

/** The source with the day of the last document that stands over it, where the way there keeps one. */
export async function withLastDay(work: Work, definition: Definition, source: AnyRecord, taken: Taken): Promise<AnyRecord> {
  const { dates } = taken.becoming;
  if (!dates) return source;
  const days = await standingDays(work, definition, source.id, { dates, ...taken });
  return { ...source, values: { ...source.values, [dates.field]: days.sort().at(-1) ?? null } };
}

async function standingDays(
  work: Work,
  definition: Definition,
  source: number,
  { dates, document, sign }: Taken & { dates: NonNullable<Becoming['dates']> },
): Promise<string[]> {
  const rows = standingRows(work, definition, dates).where('r.source', source);
  const isOne = document.type === dates.of;
  if (isOne) rows.whereNot('d.id', document.id);
  // Few documents stand over one; asked for the greatest day alone, an engine may walk through all days there are.
  const days = ((await rows.select({ day: 'd.day' })) as { day: string }[]).map(({ day }) => day);
  return isOne && sign > 0 ? [...days, String(document.values.day)] : days;
}
