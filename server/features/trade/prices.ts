import { insertInto } from '../../database/rows.ts';
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
    await insertInto(work.tx, 'price_memory', [...rows.values()], remembering);
  });
}

const columns = ['unit', 'price', 'gross_price', 'document_type', 'document_id', 'number', 'day'];
const remembering = ` on conflict ("customer", "item") do update set ${columns.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`;
