import { offerEffect } from '../../engine/effects.ts';

/** What an item last cost at a supplier is remembered when an order is approved. */
export function offerPurchaseMemory(): void {
  offerEffect('rememberPurchasePrices', async (work, _definition, { record }) => {
    const rows = new Map(
      (record.parts.lines ?? [])
        .filter((line) => !line.gift && Number(line.grossPrice) > 0)
        .map((line) => [
          Number(line.item),
          {
            supplier: Number(record.values.supplier),
            item: Number(line.item),
            unit: line.unit,
            unit_ratio: Number(line.unitRatio ?? 1_000_000),
            price: line.price,
            gross_price: line.grossPrice,
            currency: Number(record.values.currency),
            document_type: record.type,
            document_id: record.id,
            day: record.values.day,
          },
        ]),
    );
    if (rows.size === 0) return;
    await work
      .tx('purchase_memory')
      .insert([...rows.values()])
      .onConflict(['supplier', 'item'])
      .merge();
  });
}
