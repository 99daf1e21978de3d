import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import { loadRecords, type StoredRecord } from '../../../database/rows.ts';
import { columnOf, tableOf } from '../../../database/tables.ts';
import { changeRecord } from '../../../engine/changeRecord.ts';
import { createRecord } from '../../../engine/createRecord.ts';
import type { Work } from '../../../work.ts';
import { asFurther, type Intake, isEmpty, type RecordChangeWish } from './decide.ts';
import { type MadeEntries, resolve } from './missingEntries.ts';
import { noteRecords, type Storing } from './storeMany.ts';

interface Changing {
  readonly plan: ImportPlan;
  readonly definition: Definition;
  readonly intake: Intake;
  readonly made: MadeEntries;
  readonly storing: Storing;
}

interface Changed {
  /** Type, id and version of what was there before and is different now. */
  readonly changed: [type: string, id: number, version: number][];
  readonly added: Record<string, number>;
}

/** Changes records of the company by the rows that are theirs, through the same door as a person would. */
export async function applyChanges(work: Work, changing: Changing): Promise<Changed> {
  const result: Changed = { changed: [], added: {} };
  for (const wish of changing.intake.changes) {
    await changeOne(work, changing, wish, result);
    changing.storing.onStored(1);
    await changing.storing.breathe();
  }
  return result;
}

async function changeOne(work: Work, changing: Changing, wish: RecordChangeWish, result: Changed): Promise<void> {
  const { definition, made } = changing;
  const own = wish.pending.filter((link) => link.companion === null && link.part === undefined);
  const values = { ...wish.draft.values, ...Object.fromEntries(own.map((link) => [link.field, resolve(made, link)])) };
  await applyTo(work, changing, { definition, id: wish.id, how: wish.how, row: wish.row, values, given: wish.given }, result);
  for (const [name, { draft, given }] of Object.entries(wish.companions)) {
    const rule = changing.plan.companions[name];
    // Opening stock of an item that is there already would be counted twice.
    if (rule?.kind !== 'record') continue;
    const companion = work.company.catalogue.get(rule.type);
    const links = wish.pending.filter((link) => link.companion === name);
    const drafted = {
      ...draft.values,
      ...Object.fromEntries(links.map((link) => [link.field, resolve(made, link)])),
      [rule.link]: wish.id,
    };
    const rows = (await work
      .tx(tableOf(companion))
      .where({ [columnOf(rule.link)]: wish.id })
      .whereNull('deleted_at')
      .orderBy('id')
      .select('id', { title: columnOf(companion.title) })) as { id: number; title: string }[];
    const same = rows.find((row) => row.title === drafted[companion.title]);
    if (same)
      await applyTo(work, changing, { definition: companion, id: same.id, how: wish.how, row: wish.row, values: drafted, given }, result);
    else
      await addCompanion(
        work,
        changing,
        { companion, row: wish.row, draft: { ...(rows.length > 0 ? asFurther(rule, draft) : draft), values: drafted } },
        result,
      );
  }
}

interface Application {
  definition: Definition;
  id: number;
  how: RecordChangeWish['how'];
  row: number;
  values: Record<string, Value>;
  given: readonly string[];
}

async function applyTo(work: Work, { storing }: Changing, of: Application, result: Changed): Promise<void> {
  const [before] = await loadRecords(work.tx, of.definition, [of.id], { parts: false });
  if (!before) return;
  const wanted = of.given.filter((field) => isWanted(work, of, before, field));
  if (wanted.length === 0) return;
  const values = Object.fromEntries(wanted.map((field) => [field, of.values[field] ?? null]));
  const after = await changeRecord(work, of.definition, of.id, { version: before.version, values, confirmed: ['record.nearDuplicate'] });
  result.changed.push([of.definition.type, after.id, after.version]);
  await noteRecords(work, storing.importId, [{ row: of.row, type: of.definition.type, id: after.id }]);
}

function isWanted(work: Work, of: Application, before: StoredRecord, field: string): boolean {
  const value = of.values[field] ?? null;
  if (isEmpty(value) || before.values[field] === value) return false;
  if (work.actor.fieldAccess(of.definition.type, field) !== 'write') return false;
  return of.how === 'update' || isEmpty(before.values[field]);
}

async function addCompanion(
  work: Work,
  { storing }: Changing,
  of: { companion: Definition; row: number; draft: RecordDraft },
  result: Changed,
): Promise<void> {
  const filled = Object.fromEntries(
    Object.entries(of.draft.values).filter(
      ([field, value]) => !isEmpty(value) && work.actor.fieldAccess(of.companion.type, field) === 'write',
    ),
  );
  const { id } = await createRecord(work, of.companion, { values: filled, confirmed: ['record.nearDuplicate'] });
  result.added[of.companion.type] = (result.added[of.companion.type] ?? 0) + 1;
  await noteRecords(work, storing.importId, [{ row: of.row, type: of.companion.type, id }]);
}
