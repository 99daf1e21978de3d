import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { assignRecords, type Deal, type Pen, type RecordResult } from '../../access/sharing.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { assignRuleOf, ruleReader } from './assignRules.ts';

export interface AssignWish {
  readonly ids: readonly number[];
  /** Who may get something; with 'rule' the rule names them. */
  readonly owners: readonly number[];
  /** All to one, in turn to each, to each what the company's rule gives, or always to whoever has fewest. */
  readonly how: 'one' | 'evenly' | 'rule' | 'fewest';
  readonly withDocuments: boolean;
}

/**
 * Gives records to new owners in one of four ways and tells each owner once how many. Refuses 'assign.noRule' when the company
 * has no rule for the type, 'assign.oneOwner' when nobody, or for 'one' not exactly one, is named, and what `assignRecords`
 * refuses; a record that the rule gives to nobody answers 'assign.nobody'.
 */
export async function assignMany(work: Work, definition: Definition, wish: AssignWish, pen: Pen): Promise<RecordResult[]> {
  const { ids, withDocuments } = wish;
  return assignRecords(work, definition, { ids, withDocuments, ...(await dealingOf(work, definition, wish)) }, pen);
}

async function dealingOf(work: Work, definition: Definition, wish: AssignWish): Promise<{ owners: readonly number[]; deal: Deal }> {
  if (wish.how === 'rule') return byRule(work, definition);
  const { owners } = wish;
  if (owners.length === 0 || (wish.how === 'one' && owners.length !== 1)) throw new Refusal('assign.oneOwner', { owners: owners.length });
  return { owners, deal: wish.how === 'fewest' ? await toFewest(work, definition, owners) : inTurn(owners) };
}

function inTurn(owners: readonly number[]): Deal {
  let turn = 0;
  return () => owners[turn++ % owners.length] ?? null;
}

async function byRule(work: Work, definition: Definition): Promise<{ owners: readonly number[]; deal: Deal }> {
  const rule = await assignRuleOf(work, definition);
  if (!rule) throw new Refusal('assign.noRule', { type: definition.type });
  const personFor = await ruleReader(work, definition, rule);
  const owners = [...rule.table.map(({ owner }) => owner), ...(rule.otherwise ? [rule.otherwise] : [])];
  return { owners: [...new Set(owners)], deal: (record) => personFor(record.values[rule.field]) };
}

/** Whoever has fewest at the moment gets the next one; of two with as few, the one named first. */
async function toFewest(work: Work, definition: Definition, owners: readonly number[]): Promise<Deal> {
  const rows = (await work
    .tx(tableOf(definition))
    .whereIn('owner', [...owners])
    .whereNull('deleted_at')
    .groupBy('owner')
    .select('owner', work.tx.raw('count(*) as count'))) as { owner: number; count: number }[];
  const counts = new Map(owners.map((owner) => [owner, Number(rows.find((row) => row.owner === owner)?.count ?? 0)]));
  return (record) => {
    const before = Number(record.values.owner);
    // What is dealt out again first leaves whoever has it.
    if (counts.has(before)) counts.set(before, (counts.get(before) ?? 0) - 1);
    const least = Math.min(...counts.values());
    const owner = owners.find((one) => counts.get(one) === least) ?? 0;
    counts.set(owner, least + 1);
    return owner;
  };
}
