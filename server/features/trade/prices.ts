import { offerEffect } from '../../engine/effects.ts';

/** What a customer last paid for an item is remembered when a quotation or an order is approved. */
export function offerPriceMemory(): void {
  offerEffect('rememberPrices', async (work, _definition, { record }) => {
    const customer = Number(record.values.customer);
    const rows = new Map(
      (record.parts.lines ?? [])
        .filter((line) => !line.gift && Number(line.grossPrice) > 0)
        .map((line) => [
          Number(line.item),
          {
            customer,
            item: Number(line.item),
            unit: line.unit,
            price: line.price,
            gross_price: line.grossPrice,
            document_type: record.type,
            document_id: record.id,
            number: record.values.number,
            day: record.values.day,
          },
        ]),
    );
    if (rows.size > 0)
      await work
        .tx('price_memory')
        .insert([...rows.values()])
        .onConflict(['customer', 'item'])
        .merge();
  });
}
