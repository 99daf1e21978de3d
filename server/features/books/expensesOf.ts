import type { ExpensesAnswer } from '../../../shared/contracts/closing.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessSeen, restrict } from '../../access/visibility.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

const rowsMax = 100;

/**
 * What claims spent for a customer or an order, by claim, the newest first; claims that the actor may not see, drafts and void ones are
 * left out. Minor units of the company's currency. Refuses 'record.notFound', also for a type that no claim names.
 */
export async function expensesOf(work: Work, type: string, id: number): Promise<ExpensesAnswer> {
  const definition = work.company.catalogue.find(type);
  const claim = work.company.catalogue.get('expenseClaim');
  const field = Object.entries(claim.parts.lines?.fields ?? {}).find(([, one]) => one.kind === 'link' && one.to === type)?.[0];
  if (!definition || !field) throw new Refusal('record.notFound', { type, id });
  await refuseUnlessSeen(work, definition, id);
  const table = tableOf(claim);
  const query = work
    .tx(table)
    .join({ line: partTableOf(claim, 'lines') }, 'line.parent', `${table}.id`)
    .where(`line.${field}`, id)
    .whereIn(`${table}.state`, ['pending', 'approved', 'paid'])
    .whereNull(`${table}.deleted_at`);
  restrict(work, claim, query, 'read');
  const rows = (await query
    .groupBy(`${table}.id`, `${table}.number`, `${table}.day`, `${table}.state`)
    .orderBy([
      { column: `${table}.day`, order: 'desc' },
      { column: `${table}.id`, order: 'desc' },
    ])
    .limit(rowsMax)
    .select(`${table}.id`, `${table}.number`, `${table}.day`, `${table}.state`, work.tx.raw('sum(line.amount) as amount'))) as {
    id: number;
    number: string;
    day: string;
    state: string;
    amount: number;
  }[];
  return { rows, total: rows.reduce((sum, row) => sum + row.amount, 0) };
}
