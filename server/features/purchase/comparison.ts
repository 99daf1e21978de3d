import type { ComparisonAnswer, ComparisonLine, ComparisonOffer } from '../../../shared/contracts/purchase.ts';
import type { AnyRow } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen, visibleIds } from '../../access/visibility.ts';
import { loadRecords, type StoredRecord } from '../../database/rows.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { load } from '../../engine/load.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { makeFrom } from './makeFrom.ts';
import { purchasePrices } from './purchasePrices.ts';

/**
 * An inquiry line by line with what each supplier answered: net price in the company's own currency, tax, lead time and smallest
 * quantity, the last price paid, and the cheapest marked. Refuses 'record.notFound', 'access.denied'.
 */
export async function comparisonOf(work: Work, id: number): Promise<ComparisonAnswer> {
  refuseUnlessRight(work.actor, 'see.purchasePrice');
  const definition = work.company.catalogue.get('inquiry');
  await refuseUnlessSeen(work, definition, id);
  const inquiry = await load(work, definition, id);
  const quotations = await quotationsOf(work, id);
  const lines = inquiry.parts.lines ?? [];
  const { prices } = await purchasePrices(work, { items: [...new Set(lines.map((line) => Number(line.item)))] });
  const exchange = await exchangeOf(work);
  const suppliers = new Set(quotations.map((quotation) => Number(quotation.values.supplier)));
  const titles = await titlesFor(work, new Map([['supplier', suppliers]]));
  return {
    id,
    number: String(inquiry.values.number ?? ''),
    state: inquiry.state ?? '',
    quotations: quotations.map((quotation) => ({
      id: quotation.id,
      version: quotation.version,
      number: String(quotation.values.number ?? ''),
      state: quotation.state ?? '',
      supplier: Number(quotation.values.supplier),
      supplierName: titles.supplier?.[Number(quotation.values.supplier)] ?? '',
      currency: exchange.of(Number(quotation.values.currency)).code,
      validUntil: quotation.values.validUntil as string | null,
    })),
    lines: lines.map((line): ComparisonLine => {
      const offers = withBest(quotations.flatMap((quotation) => offersOf(quotation, line)));
      const last = prices[Number(line.item)]?.others?.find((other) => 'day' in other);
      return {
        id: line.id,
        item: Number(line.item),
        name: String(line.name ?? prices[Number(line.item)]?.name ?? ''),
        spec: (line.spec ?? prices[Number(line.item)]?.spec ?? null) as string | null,
        unit: String(line.unit ?? prices[Number(line.item)]?.unit ?? ''),
        quantity: Number(line.quantity),
        ordered: Number(line.ordered ?? 0),
        last: last && 'day' in last ? { grossPrice: scaled(last.grossPrice, line), day: last.day, supplierName: last.supplierName } : null,
        offers,
      };
    }),
  };
}

/**
 * Gives the work to those who get it: one purchase order for each quotation, with so much of each of its lines, in the caller's
 * transaction. Refuses 'inquiry.nothingAwarded', 'flow.sourceNotReady', 'flow.overQuantity' and what a new order refuses.
 */
export async function award(work: Work, id: number, awards: readonly Award[]): Promise<StoredRecord[]> {
  await refuseUnlessSeen(work, work.company.catalogue.get('inquiry'), id);
  const wanted = awards.filter(({ quantity }) => quantity > 0);
  if (wanted.length === 0) throw new Refusal('inquiry.nothingAwarded');
  const known = new Set((await quotationsOf(work, id)).map((quotation) => quotation.id));
  const orders: StoredRecord[] = [];
  for (const [quotation, rows] of Map.groupBy(wanted, (one) => one.offer)) {
    if (!known.has(quotation)) throw new Refusal('record.notFound', { type: 'supplierQuotation', id: quotation });
    const source = { type: 'supplierQuotation', id: quotation, rows: rows.map(({ row, quantity }) => ({ id: row, amount: quantity })) };
    orders.push(await makeFrom(work, 'purchaseOrder', [source]));
  }
  return orders;
}

export interface Award {
  /** The id of the quotation. */
  readonly offer: number;
  readonly row: number;
  readonly quantity: number;
}

/** The quotations made from an inquiry that still count, as far as the actor may see them. */
async function quotationsOf(work: Work, inquiry: number): Promise<StoredRecord[]> {
  const definition = work.company.catalogue.get('supplierQuotation');
  const rows = (await work
    .tx({ line: 'supplier_quotation_lines' })
    .join({ head: 'supplier_quotations' }, 'head.id', 'line.parent')
    .where({ 'line.source': inquiry, 'line.source_type': 'inquiry' })
    .whereNull('head.deleted_at')
    .whereNot('head.state', 'void')
    .distinct('head.id')) as { id: number }[];
  const seen = await visibleIds(
    work,
    definition,
    rows.map((row) => row.id),
  );
  const found = await loadRecords(work.tx, definition, [...seen], { parts: true });
  return found.toSorted((a, b) => a.id - b.id);
}

function offersOf(quotation: StoredRecord, line: AnyRow): ComparisonOffer[] {
  const rate = Number(quotation.values.exchangeRate ?? 1_000_000_000);
  return (quotation.parts.lines ?? [])
    .filter((row) => row.sourceType === 'inquiry' && row.sourceRow === line.id)
    .map((row) => ({
      quotation: quotation.id,
      row: row.id,
      isAnswered: quotation.state === 'answered',
      netPrice: mulDiv([Number(row.price ?? 0), rate], [1_000_000_000]),
      grossPrice: Number(row.grossPrice ?? 0),
      taxRate: Number(row.taxRate ?? 0),
      leadDays: row.leadDays as number | null,
      minQuantity: row.minQuantity as number | null,
      quantity: Number(row.quantity),
      ordered: Number(row.ordered ?? 0),
      isBest: false,
    }));
}

/** Only what is without tax and in one currency can be compared; who asks nothing has not answered. */
function withBest(offers: ComparisonOffer[]): ComparisonOffer[] {
  const answered = offers.filter((offer) => offer.isAnswered && offer.netPrice > 0).map(({ netPrice }) => netPrice);
  const least = Math.min(...answered);
  return offers.map((offer) => ({ ...offer, isBest: offer.isAnswered && offer.netPrice === least }));
}

const scaled = (own: number, line: AnyRow): number => mulDiv([own, Number(line.unitRatio ?? 1_000_000)], [1_000_000]);
