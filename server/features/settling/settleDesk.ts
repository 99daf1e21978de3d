import type { SettleAnswer, SettleInput } from '../../../shared/contracts/settling.ts';
import type { RecordAnswer, RecordInput } from '../../../shared/contracts/wire.ts';
import { customerSide, type Side, supplierSide } from '../../../shared/documents/money/sides.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { readRecord } from '../../engine/answers.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { takeStep } from '../../engine/takeStep.ts';
import type { Work } from '../../work.ts';
import { withCounted } from './invoicedOver.ts';
import { openCredits, openDebts } from './openDebts.ts';

export type SideName = Side['party'];

/** The two sides as addresses name them. */
export const sideNames = ['customer', 'supplier'] as const satisfies readonly SideName[];
const sides: Readonly<Record<SideName, Side>> = { customer: customerSide, supplier: supplierSide };

/** The side that an address names. Refuses 'route.unknown' for anything else. */
export function sideCalled(name: string | undefined): Side {
  const known = sideNames.find((side) => side === name);
  if (!known) throw new Refusal('route.unknown');
  return sides[known];
}
/** Whoever sees what is owed on this side. */
export const rightOf = { customer: 'see.salesPrice', supplier: 'see.purchasePrice' } as const;

/**
 * The desk on which debts are set against money: everything open of one customer or supplier in all currencies, what is held for
 * it, and what stands on the other side when it both buys and sells. Refuses 'access.denied', 'record.notFound'.
 */
export async function settleDesk(work: Work, of: { side: SideName; party: number }): Promise<SettleAnswer> {
  refuseUnlessRight(work.actor, rightOf[of.side]);
  const side = sides[of.side];
  await refuseUnlessSeen(work, work.company.catalogue.get(of.side), of.party);
  const question = { parties: [of.party], seen: true };
  const debts = await withCounted(work, await openDebts(work, side, question));
  const credits = await withCounted(work, await openCredits(work, side, question));
  return { debts, credits, other: await otherSide(work, of) };
}

/** The company on its other side: the supplier a customer also is, with what we owe it. */
async function otherSide(work: Work, of: { side: SideName; party: number }): Promise<SettleAnswer['other']> {
  const other: SideName = of.side === 'customer' ? 'supplier' : 'customer';
  if (!work.actor.special.has(rightOf[other]) || work.actor.reach('supplier', 'read') === 'none') return null;
  const linked = work.tx('suppliers').whereNull('deleted_at');
  const row = (await (of.side === 'customer'
    ? linked.where({ customer: of.party }).orderBy('id').first({ id: 'id', name: 'name' })
    : linked.where({ id: of.party }).whereNotNull('customer').first({ id: 'customer' }))) as { id: number } | undefined;
  if (!row) return null;
  const [party] = await namesOf(work, other, [row.id]);
  if (!party) return null;
  return { ...party, debts: await withCounted(work, await openDebts(work, sides[other], { parties: [row.id], seen: true })) };
}

async function namesOf(work: Work, side: SideName, ids: readonly number[]): Promise<{ party: number; name: string }[]> {
  const table = side === 'customer' ? 'customers' : 'suppliers';
  return work
    .tx(table)
    .whereIn('id', [...ids])
    .whereNull('deleted_at')
    .select({ party: 'id', name: 'name' });
}

/**
 * Writes the settlement a person has put together and takes it through at once, in one transaction: nothing of it stays when any
 * row is refused. Refuses what createRecord and the steps of the settlement refuse, 'settle.nothing' without rows.
 */
export async function settleNow(work: Work, input: SettleInput): Promise<RecordAnswer> {
  if (input.debts.length === 0) throw new Refusal('settle.nothing');
  const definition = work.company.catalogue.get(typeOf(input));
  const record = await createRecord(work, definition, draftOf(input));
  const posted = await takeStep(work, definition, record.id, 'post', { version: record.version });
  return readRecord(work, definition, posted.id);
}

const typeOf = (input: SettleInput): string => (input.against === 'otherSide' ? 'netting' : sides[input.side].settlement);

function draftOf(input: SettleInput): RecordInput {
  const values: Record<string, Value> = { currency: input.currency, remark: input.remark ?? null };
  if (input.day !== undefined) values.day = input.day;
  const rows = (from: SettleInput['debts']) => summed(from).map(({ type, id, amount }) => ({ sourceType: type, source: id, amount }));
  if (input.against !== 'otherSide') {
    return { values: { ...values, [input.side]: input.party }, parts: { allocations: rows(input.debts), credits: rows(input.credits) } };
  }
  const [ours, theirs] = input.side === 'customer' ? [input.debts, input.credits] : [input.credits, input.debts];
  const [customer, supplier] = input.side === 'customer' ? [input.party, input.other] : [input.other, input.party];
  return {
    values: { ...values, customer: customer ?? null, supplier: supplier ?? null },
    parts: { allocations: rows(ours), payables: rows(theirs) },
  };
}

/** Instalments of one document are one row of the settlement: money fills them from the first to the last. */
function summed(rows: SettleInput['debts']): SettleInput['debts'] {
  const found = new Map<string, { type: string; id: number; amount: number }>();
  for (const row of rows) {
    const key = `${row.type}:${row.id}`;
    const known = found.get(key);
    found.set(key, { type: row.type, id: row.id, amount: (known?.amount ?? 0) + row.amount });
  }
  return [...found.values()];
}
