import type { PayableRow, PayablesAnswer, ReceivableRow, ReceivablesAnswer } from '../../../shared/contracts/trade.ts';
import { customerSide, type Side, supplierSide } from '../../../shared/documents/money/sides.ts';
import { type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { sumOf } from '../../../shared/kernel/numbers.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { type Invoiced, withCounted } from '../settling/invoicedOver.ts';
import { debtTypes, type OpenDebt, openDebts } from '../settling/openDebts.ts';
import { type Position, positionsOfMany } from './credit.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { keyOf } from './documentNumbers.ts';

export interface ReceivablesQuery {
  readonly search?: string | undefined;
  readonly owner?: number | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const partiesMax = 200;

/**
 * Who owes what and since when: the actor's customers in phone book order, a row for each currency in which something is open
 * or paid in advance. A page holds whole customers. Refuses 'access.denied' without the right to see sales prices.
 */
export async function receivables(work: Work, query: ReceivablesQuery): Promise<ReceivablesAnswer> {
  refuseUnlessRight(work.actor, 'see.salesPrice');
  const { rows, next } = await balancesPage(work, customerSide, query);
  const customers = rows.map(({ party, ...row }): ReceivableRow => ({ customer: party, ...row }));
  return { rows: customers, titles: await titlesOf(work, customers), next };
}

/** What we owe to whom and since when, the mirror image. Refuses 'access.denied' without the right to see purchase prices. */
export async function payables(work: Work, query: ReceivablesQuery): Promise<PayablesAnswer> {
  refuseUnlessRight(work.actor, 'see.purchasePrice');
  refuseUnlessMay(work, work.company.catalogue.get('supplier'), 'read');
  const { rows, next } = await balancesPage(work, supplierSide, query);
  const suppliers = rows.map(({ party, ...row }): PayableRow => ({ supplier: party, ...row }));
  return { rows: suppliers, titles: await titlesOf(work, suppliers), next };
}

type BalanceRow = Omit<ReceivableRow, 'customer'> & { party: number };

async function balancesPage(work: Work, side: Side, query: ReceivablesQuery): Promise<{ rows: BalanceRow[]; next: string | null }> {
  const limit = Math.min(partiesMax, query.limit ?? 100);
  const found = await partyPage(work, side, query, limit + 1);
  const shown = found.slice(0, limit);
  const parties = shown.map((party) => party.id);
  const open = await withCounted(work, await openDebts(work, side, { parties, seen: false }));
  const debts = Map.groupBy(open, (debt) => debt.party);
  const positions = await positionsOfMany(work, parties, side.ledger);
  const rows = shown.flatMap((party) =>
    rowsOf(work, side, party, { debts: debts.get(party.id) ?? [], positions: positions.get(party.id) ?? new Map() }),
  );
  const last = shown.at(-1);
  return { rows, next: last && found.length > limit ? cursorFrom([last.sound ?? '', last.id]) : null };
}

interface PartyRow {
  id: number;
  name: string;
  owner: number | null;
  sound: string | null;
}

async function partyPage(work: Work, side: Side, query: ReceivablesQuery, limit: number): Promise<PartyRow[]> {
  const definition = work.company.catalogue.get(side.party);
  const table = tableOf(definition);
  const parties = work
    .tx(table)
    .whereNull(`${table}.deleted_at`)
    .whereExists(owing(work, side, table));
  restrict(work, definition, parties, 'read');
  await narrowToWords(work, definition, parties, query.search ?? '');
  const owner = `${table}.${side.party === 'customer' ? 'owner' : 'buyer'}`;
  if (query.owner !== undefined) parties.where(owner, query.owner);
  if (query.after !== undefined) {
    const [sound = '', id = 0] = readCursor(query.after, ['text', 'number']);
    const [sort, key] = [`${table}.name_sort`, `${table}.id`];
    parties.whereRaw('(?? > ? or (?? = ? and ?? > ?))', [sort, sound, sort, sound, key, id]);
  }
  return parties
    .orderBy([`${table}.name_sort`, `${table}.id`])
    .limit(limit)
    .select({ id: `${table}.id`, name: `${table}.name`, owner, sound: `${table}.name_sort` });
}

/** Anything open or held in advance of the party the query stands at: the list ends where the page ends. */
function owing(work: Work, side: Side, table: string) {
  const kinds = ['prepaid', ...debtTypes(work, side).map((definition) => definition.type)];
  return work
    .tx('balances')
    .where({ ledger: side.ledger })
    .whereRaw('subject = ??', [`${table}.id`])
    .whereNot('amount', 0)
    .where((where) => {
      for (const kind of kinds) where.orWhereBetween('place', [`${kind}:`, `${kind};`]);
    })
    .select('subject');
}

interface Standing {
  readonly debts: readonly OpenDebt[];
  readonly positions: ReadonlyMap<number, Position>;
}

function rowsOf(work: Work, side: Side, party: PartyRow, { debts, positions }: Standing): BalanceRow[] {
  const definition = work.company.catalogue.get(side.party);
  const byCurrency = Map.groupBy(debts, (debt) => debt.currency);
  const currencies = [...positions].filter(([currency, { open, prepaid }]) => open !== 0 || prepaid !== 0 || byCurrency.has(currency));
  const owner = side.party === 'customer' ? 'owner' : 'buyer';
  return currencies.map(([currency, { open, prepaid }]) => ({
    party: party.id,
    name: party.name,
    ...(isVisible(work.actor, definition, owner) ? { owner: party.owner } : {}),
    currency,
    open,
    prepaid,
    ...ageOf(byCurrency.get(currency) ?? [], work.today),
    ...invoicedOf(byCurrency.get(currency) ?? []),
  }));
}

/** What was invoiced of open documents together; the instalments of one document speak of the same invoices. */
function invoicedOf(debts: readonly OpenDebt[]): Invoiced {
  const documents = [...new Map(debts.map((debt) => [keyOf(debt), debt])).values()];
  const amounts = documents.map(({ invoiced }) => invoiced).filter((amount) => amount !== null);
  const days = documents.map(({ invoicedOn }) => invoicedOn).filter((day) => day !== null);
  return { invoiced: amounts.length === 0 ? null : sumOf(amounts), invoicedOn: days.sort().at(-1) ?? null };
}

/** Sorts what is overdue by how long it has been. On the day itself nothing is overdue yet. */
export function ageOf(
  items: readonly Pick<OpenDebt, 'dueOn' | 'open'>[],
  today: Day,
): Pick<ReceivableRow, 'overdue' | 'overdueDays' | 'buckets'> {
  const buckets: ReceivableRow['buckets'] = [0, 0, 0, 0];
  let overdueDays = 0;
  for (const item of items) {
    const days = daysBetween(item.dueOn, today);
    if (days <= 0) continue;
    const bucket = days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
    buckets[bucket] += item.open;
    if (item.open > 0) overdueDays = Math.max(overdueDays, days);
  }
  return { overdue: buckets.reduce((sum, amount) => sum + amount, 0), overdueDays, buckets };
}

function titlesOf(work: Work, rows: readonly Pick<ReceivableRow, 'owner' | 'currency'>[]) {
  const owners = rows.map((row) => row.owner).filter((id) => typeof id === 'number');
  return titlesFor(
    work,
    new Map([
      ['user', new Set(owners)],
      ['currency', new Set(rows.map((row) => row.currency))],
    ]),
  );
}
