import type { AnyRecord, FactBag, Guard, GuardRefusal, Value } from '../kernel/definition.ts';
import { mulDiv } from '../kernel/numbers.ts';
import { fact } from './facts.ts';

export const hasLines: Guard = {
  name: 'hasLines',
  check: (document) => ((document.parts.lines ?? []).length > 0 ? null : { code: 'document.noLines' }),
};

/** Discounts may take everything off a document and no more. */
export const totalNotNegative: Guard = {
  name: 'totalNotNegative',
  check: (document) =>
    Number(document.values.total ?? 0) >= 0 && (document.parts.lines ?? []).every((line) => Number(line.grossAmount ?? 0) >= 0)
      ? null
      : { code: 'document.negativeTotal', fields: [{ path: 'discountAmount', code: 'document.negativeTotal' }] },
};

/** No line may go below the floor price unless somebody with the right approves; gifts count as such a price. */
export const withinPriceFloor: Guard = {
  name: 'withinPriceFloor',
  facts: ['floorPrices'],
  override: 'price.belowFloor',
  check: refuseBelowFloor,
};

function refuseBelowFloor(document: AnyRecord, facts: FactBag): GuardRefusal | null {
  const floors = fact(facts, 'floorPrices');
  const below = (document.parts.lines ?? []).flatMap((line, index) => {
    const known = floors[Number(line.item)];
    if (!known || known.floor === null || line.gift) return [];
    // The floor is per base unit and in base money, the agreed price is what is left after all discounts.
    const base = mulDiv([Number(line.quantity), Number(line.unitRatio ?? 1_000_000)], [1_000_000]);
    if (base <= 0) return [];
    const agreed = mulDiv(
      [Number(line.grossAmount), Number(document.values.exchangeRate ?? 1_000_000_000), 10_000_000_000],
      [base, 1_000_000_000],
    );
    return agreed < known.floor ? [{ index, code: known.code, floor: known.floor, agreed }] : [];
  });
  const first = below[0];
  if (!first) return null;
  return {
    code: 'price.belowFloor',
    facts: { items: below.map((line) => line.code), count: below.length },
    fields: below.map((line) => ({ path: `lines.${line.index}.grossPrice`, code: 'price.belowFloor', facts: { item: line.code } })),
  };
}

export const allRowsSourced: Guard = {
  name: 'allRowsSourced',
  check: (document) => {
    const missing = (document.parts.lines ?? []).findIndex((line) => !line.source);
    return missing < 0
      ? null
      : { code: 'delivery.withoutOrder', fields: [{ path: `lines.${missing}.item`, code: 'delivery.withoutOrder' }] };
  },
};

/** Nothing that followed may still stand when a document is taken back. */
export const nothingFollowed = (...fed: readonly string[]): Guard => ({
  name: 'nothingFollowed',
  check: (document) => {
    const followed = fed.some((path) => {
      const [part = '', field] = path.split('.');
      if (field === undefined) return Number(document.values[part] ?? 0) !== 0;
      return (document.parts[part] ?? []).some((row) => Number(row[field] ?? 0) !== 0);
    });
    return followed ? { code: 'document.hasFollowers' } : null;
  },
});

/** Opening figures are entered before the company goes live and locked afterwards. */
export const beforeGoLive: Guard = {
  name: 'beforeGoLive',
  facts: ['isLive'],
  check: (_document, facts) => (fact(facts, 'isLive') ? { code: 'opening.locked' } : null),
};

/** What an order that was closed early still waited for is given up: taking goods back needs the order to be open. */
export const ordersNotClosed: Guard = {
  name: 'ordersNotClosed',
  facts: ['sources'],
  check: (_document, facts) => refuseClosed(Object.values(fact(facts, 'sources'))),
};

/** The same where the goods came over other papers. */
export const soldOrdersNotClosed: Guard = {
  name: 'soldOrdersNotClosed',
  facts: ['orderShares'],
  check: (_document, facts) => refuseClosed(Object.values(fact(facts, 'orderShares'))),
};

function refuseClosed(
  orders: readonly { readonly state: string | null; readonly head: Readonly<Record<string, Value>> }[],
): GuardRefusal | null {
  const closed = orders.find(({ state }) => state === 'closed');
  return closed ? { code: 'order.closed', facts: { number: String(closed.head.number ?? '') } } : null;
}
