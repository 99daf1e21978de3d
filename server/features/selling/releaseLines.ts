import type { ReleasedAnswer } from '../../../shared/contracts/selling.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { loadRecords } from '../../database/rows.ts';
import type { Source } from '../../engine/become.ts';
import { makeFrom } from '../../engine/makeFrom.ts';
import { takeStep } from '../../engine/takeStep.ts';
import type { Work } from '../../work.ts';

export interface Release {
  readonly lines: readonly { readonly order: number; readonly row: number; readonly quantity: number }[];
  readonly reason?: string | undefined;
  readonly confirmed?: readonly string[] | undefined;
}

/**
 * Writes and approves the delivery notices for these order lines, one for each customer and address, all of them or none. Refuses
 * what a notice refuses that is written and approved by hand.
 */
export async function releaseLines(work: Work, release: Release): Promise<ReleasedAnswer> {
  const { catalogue } = work.company;
  const notice = catalogue.get('deliveryNotice');
  const notices: ReleasedAnswer['notices'] = [];
  for (const sources of await bundlesOf(work, release)) {
    const draft = await makeFrom(work, notice, sources);
    refuseLess(draft, sources);
    const { version } = draft;
    const approved = await takeStep(work, notice, draft.id, 'approve', { version, reason: release.reason, confirmed: release.confirmed });
    notices.push({ id: approved.id, number: String(approved.values.number), customer: Number(approved.values.customer) });
  }
  return { notices };
}

/** What somebody else was faster to release is missing from the draft: less than was asked for is not released in silence. */
function refuseLess(draft: AnyRecord, sources: readonly Source[]): void {
  for (const { id, amount } of sources.flatMap((source) => source.rows ?? [])) {
    const line = draft.parts.lines?.find(({ sourceRow }) => sourceRow === id);
    const open = Number(line?.quantity ?? 0);
    if (amount !== undefined && open < amount)
      throw new Refusal('flow.overQuantity', { open, wanted: amount, number: String(line?.sourceNumber ?? '') });
  }
}

/** The orders that go on one notice, with their lines. Orders that do not exist are found out where they are used. */
async function bundlesOf(work: Work, { lines }: Release): Promise<Source[][]> {
  const byOrder = Map.groupBy(lines, (line) => line.order);
  const orders = await loadRecords(work.tx, work.company.catalogue.get('salesOrder'), [...byOrder.keys()], { parts: false });
  const addressOf = (id: number): string => {
    const values = orders.find((order) => order.id === id)?.values;
    return JSON.stringify([values?.customer, values?.deliveryAddress, values?.recipient]);
  };
  return [...Map.groupBy(byOrder.keys(), addressOf).values()].map((ids) =>
    ids.map((id) => ({
      type: 'salesOrder',
      id,
      rows: (byOrder.get(id) ?? []).map(({ row, quantity }) => ({ id: row, amount: quantity })),
    })),
  );
}
