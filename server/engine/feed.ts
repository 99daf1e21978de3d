import type { AnyRecord, AnyRow, Becoming, Definition } from '../../shared/kernel/definition.ts';
import { assertSafe } from '../../shared/kernel/numbers.ts';
import { type FieldRefusal, Refusal } from '../../shared/kernel/refusal.ts';
import { refuseUnlessSeen } from '../access/visibility.ts';
import type { Work } from '../work.ts';
import { refuseUnready } from './become.ts';
import { storeChange } from './changeRecord.ts';
import { withLastDay } from './lastDay.ts';
import { lock } from './load.ts';
import { calculated } from './store.ts';

/**
 * Tells the documents that this one came from how much of them is now used. Refuses 'flow.overQuantity' {open, wanted}
 * at the row when more is taken than is open, 'flow.sourceNotReady' or 'flow.otherWay' when the source may not be used.
 */
export const feed = (work: Work, definition: Definition, document: AnyRecord): Promise<Due[]> => feedSources(work, definition, document, 1);

/** Takes back what was fed. */
export const unfeed = (work: Work, definition: Definition, document: AnyRecord): Promise<Due[]> =>
  feedSources(work, definition, document, -1);

/** A source that was fed and may have an automatic step due; the caller takes it once everything is fed. */
export interface Due {
  readonly definition: Definition;
  readonly id: number;
}

interface Portion {
  readonly part: string;
  readonly index: number;
  readonly row: AnyRow;
}

function feedSources(work: Work, definition: Definition, document: AnyRecord, sign: 1 | -1): Promise<Due[]> {
  const portions = Object.entries(document.parts).flatMap(([part, rows]) =>
    rows.flatMap((row, index): Portion[] => (row.sourceType && row.source ? [{ part, index, row }] : [])),
  );
  return feedPortions(work, definition, document, { portions, sign, isPassed: false });
}

async function feedPortions(
  work: Work,
  definition: Definition,
  document: AnyRecord,
  { portions, ...how }: Pick<Feeding, 'portions' | 'sign' | 'isPassed'>,
): Promise<Due[]> {
  const bySource = Map.groupBy(portions, ({ row }) => `${row.sourceType}:${String(row.source).padStart(16, '0')}`);
  const due: Due[] = [];
  // Sorted, so that two documents that feed the same sources lock them in the same order.
  for (const key of [...bySource.keys()].sort()) {
    const group = bySource.get(key) ?? [];
    const first = group[0]?.row;
    if (!first) continue;
    const feeding = { ...how, type: String(first.sourceType), id: Number(first.source), portions: group };
    due.push(...(await feedOne(work, definition, document, feeding)));
  }
  return due;
}

interface Feeding {
  readonly type: string;
  readonly id: number;
  readonly portions: readonly Portion[];
  readonly sign: 1 | -1;
  /** It came through another document, which was asked whether it may. */
  readonly isPassed: boolean;
}

async function feedOne(work: Work, definition: Definition, document: AnyRecord, feeding: Feeding): Promise<Due[]> {
  const sourceDefinition = work.company.catalogue.find(feeding.type);
  const becoming = sourceDefinition?.becomes?.[definition.type];
  if (!sourceDefinition || !becoming) throw new Refusal('flow.noWay', { from: feeding.type, to: definition.type });
  if (feeding.sign > 0 && !feeding.isPassed) await refuseUnlessSeen(work, sourceDefinition, feeding.id, 'read');
  if (feeding.sign > 0 && !feeding.isPassed) refuseOtherPart(feeding, becoming);
  const source = await lock(work, sourceDefinition, feeding.id);
  if (feeding.sign > 0) refuseUnfit(document, source, feeding.isPassed ? { ...becoming, when: {} } : becoming);
  const added = addPortions(source, becoming, feeding);
  const fed = await withLastDay(work, sourceDefinition, added, { becoming, document, sign: feeding.sign });
  const after = await calculated(work, sourceDefinition, fed);
  await storeChange(work, sourceDefinition, source, after, feeding.sign > 0 ? 'fed' : 'unfed', `${definition.type}:${document.id}`);
  const due = sourceDefinition.calculation?.reaction ? [{ definition: sourceDefinition, id: source.id }] : [];
  return becoming.passes ? [...due, ...(await passOn(work, definition, document, { source, becoming, feeding }))] : due;
}

interface Passing {
  readonly source: AnyRecord;
  readonly becoming: Becoming;
  readonly feeding: Feeding;
}

/** What came to rows here goes on to the rows they came from: an order knows what was shipped on its notices. */
function passOn(work: Work, definition: Definition, document: AnyRecord, { source, becoming, feeding }: Passing): Promise<Due[]> {
  const rows = becoming.each === 'document' ? [] : (source.parts[becoming.each.part] ?? []);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const portions = feeding.portions.flatMap((portion): Portion[] => {
    const through = byId.get(Number(portion.row.sourceRow));
    if (!through?.sourceType || !through.source) return [];
    const { sourceType, source: from, sourceRow = null } = through;
    return [{ ...portion, row: { ...portion.row, sourceType, source: from, sourceRow } }];
  });
  return feedPortions(work, definition, document, { portions, sign: feeding.sign, isPassed: true });
}

/** What a source becomes stands in the part it belongs in: money held is no debt. */
function refuseOtherPart({ portions }: Feeding, { into }: Becoming): void {
  const stray = portions.find(({ part }) => part !== into.part);
  if (stray) throw new Refusal('flow.noWay', {}, [{ path: `${stray.part}.${stray.index}.${into.field}`, code: 'flow.noWay' }]);
}

function refuseUnfit(document: AnyRecord, source: AnyRecord, becoming: Becoming): void {
  refuseUnready(source, becoming);
  for (const field of becoming.same) {
    const target = Object.entries(becoming.head).find(([, from]) => from === field)?.[0] ?? field;
    if (document.values[target] !== source.values[field])
      throw new Refusal('flow.different', { field }, [{ path: target, code: 'flow.different' }]);
  }
}

function addPortions(source: AnyRecord, becoming: Becoming, feeding: Feeding): AnyRecord {
  const refusals: FieldRefusal[] = [];
  const add = (holder: Record<string, unknown>, portion: Portion): void => {
    const before = Number(holder[becoming.feeds] ?? 0);
    const taken = Number(portion.row[becoming.into.field] ?? 0);
    const after = assertSafe(before + feeding.sign * taken);
    const limit = Number(holder[becoming.limit] ?? 0);
    if (feeding.sign > 0 && after > limit && !becoming.unlimited) {
      const facts = { open: Math.max(0, limit - before), wanted: taken, number: String(source.values.number ?? '') };
      refusals.push({ path: `${portion.part}.${portion.index}.${becoming.into.field}`, code: 'flow.overQuantity', facts });
    }
    if (after < 0) throw new Error(`${source.type} ${source.id} would be fed below zero`);
    holder[becoming.feeds] = after;
  };
  const values = { ...source.values };
  const parts = { ...source.parts };
  if (becoming.each === 'document') for (const portion of feeding.portions) add(values, portion);
  else {
    const rows = (parts[becoming.each.part] ?? []).map((row) => ({ ...row }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const portion of feeding.portions) {
      const row = byId.get(Number(portion.row.sourceRow));
      if (!row)
        throw new Refusal('flow.noWay', {}, [{ path: `${portion.part}.${portion.index}.${becoming.into.field}`, code: 'flow.noWay' }]);
      if (feeding.sign > 0) refuseOther(row, portion, becoming, refusals);
      add(row, portion);
    }
    parts[becoming.each.part] = rows;
  }
  const first = refusals[0];
  if (first) throw new Refusal('flow.overQuantity', first.facts, refusals);
  return { ...source, values, parts };
}

/** What a row names by link (the item) must be what its source row names; the rest may be changed on the way. */
function refuseOther(sourceRow: AnyRow, portion: Portion, becoming: Becoming, refusals: FieldRefusal[]): void {
  for (const field of becoming.keep ?? []) {
    const from = becoming.row[field];
    if (from && sourceRow[from] !== undefined && portion.row[field] !== sourceRow[from]) {
      refusals.push({ path: `${portion.part}.${portion.index}.${field}`, code: 'flow.different', facts: { field } });
    }
  }
}
