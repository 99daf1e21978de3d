import type { ReportKey, ReportLabel, ReportRow } from '../../../shared/contracts/reports.ts';
import type { Axis } from '../../../shared/reports/defineReport.ts';
import { isVisible } from '../../access/trim.ts';
import { chunksOf } from '../../database/codec.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import type { Asked } from './question.ts';

interface Shown {
  readonly rows: readonly ReportRow[];
  readonly columns: readonly ReportKey[];
  /** Names alone, without what stands beside them. */
  readonly bare?: boolean;
}

type Labels = Record<string, ReportLabel>;

/** What the keys of rows and columns are called, by axis and key; spans of time name themselves. */
export async function labelsFor(work: Work, { report, groupBy, pivot }: Asked, shown: Shown): Promise<Record<string, Labels>> {
  const labels: Record<string, Labels> = {};
  for (const [index, name] of groupBy.entries()) {
    const axis = report.axes[name];
    const keys = [...new Set(shown.rows.map((row) => row.keys[index] ?? null))];
    if (axis) labels[name] = await labelsOn(work, axis, keys, shown.bare === true);
  }
  const across = pivot && report.axes[pivot.axis];
  if (pivot && across) labels[pivot.axis] = await labelsOn(work, across, shown.columns, true);
  return labels;
}

async function labelsOn(work: Work, axis: Axis, keys: readonly ReportKey[], isBare: boolean): Promise<Labels> {
  if (axis.kind === 'place') return placeLabels(work, keys);
  if ((axis.kind !== 'link' && axis.kind !== 'branch') || axis.to === undefined) return {};
  const ids = keys.filter((key) => typeof key === 'number');
  const titles = (await titlesFor(work, new Map([[axis.to, new Set(ids)]])))[axis.to] ?? {};
  const beside = isBare ? new Map<number, (string | number | null)[]>() : await besideOf(work, axis, ids);
  const label = (id: number): ReportLabel => {
    const shown = beside.get(id);
    return { title: titles[id] ?? `#${id}`, ...(axis.to === undefined ? {} : { type: axis.to }), id, ...(shown ? { beside: shown } : {}) };
  };
  return Object.fromEntries(ids.map((id) => [String(id), label(id)]));
}

/** `warehouse:3` is called as the record is; a kind of place without a record is put into words by the client. */
async function placeLabels(work: Work, keys: readonly ReportKey[]): Promise<Labels> {
  const places = keys.flatMap((key) => {
    const [kind = '', id] = String(key ?? '').split(':');
    return kind === '' ? [] : [{ key: String(key), kind, id: Number(id ?? 0) }];
  });
  const wanted = new Map(
    [...Map.groupBy(places, ({ kind }) => kind)].map(([kind, group]) => [recordBehind(kind), new Set(group.map(({ id }) => id))]),
  );
  const titles = await titlesFor(work, wanted);
  return Object.fromEntries(
    places.map(({ key, kind, id }): [string, ReportLabel] => {
      const title = titles[recordBehind(kind)]?.[id];
      return [key, title === undefined ? { title: kind } : { title, type: kind, id }];
    }),
  );
}

/** Goods on their way are told by the warehouse they go to, goods lent out by the customer who has them. */
const recordBehind = (kind: string): string => ({ transit: 'warehouse', lent: 'customer' })[kind] ?? kind;

/** The fields an axis shows beside the name, those the actor may see. */
async function besideOf(work: Work, axis: Axis, ids: readonly number[]): Promise<Map<number, (string | number | null)[]>> {
  const target = work.company.catalogue.find(axis.to ?? '');
  const fields = shownBeside(work, axis);
  const found = new Map<number, (string | number | null)[]>();
  if (!target || fields.length === 0) return found;
  const columns = Object.fromEntries(fields.map((field) => [field, columnOf(field)]));
  for (const chunk of chunksOf([...ids], 1)) {
    const rows = (await work
      .tx(tableOf(target))
      .whereIn('id', chunk)
      .select({ id: 'id', ...columns })) as Record<string, string | number | null>[];
    for (const row of rows)
      found.set(
        Number(row.id),
        fields.map((field) => row[field] ?? null),
      );
  }
  return found;
}

/** Which fields stand beside the name of a record on this axis, for this person. */
export function shownBeside(work: Work, axis: Axis): string[] {
  const target = work.company.catalogue.find(axis.to ?? '');
  return target ? (axis.shows ?? []).filter((field) => target.fields[field] && isVisible(work.actor, target, field)) : [];
}
