import { offerEffect } from '../../engine/effects.ts';
import { makeFrom } from './makeFrom.ts';
import { purchasePrices } from './purchasePrices.ts';

/** Sending an inquiry writes a quotation to fill in for each supplier that has none from it yet. */
export function offerAskingSuppliers(): void {
  offerEffect('askSuppliers', async (work, definition, { record }) => {
    const known = (await work
      .tx({ line: 'supplier_quotation_lines' })
      .join({ head: 'supplier_quotations' }, 'head.id', 'line.parent')
      .where({ 'line.source': record.id, 'line.source_type': record.type })
      .whereNull('head.deleted_at')
      .whereNot('head.state', 'void')
      .distinct('head.supplier')) as { supplier: number }[];
    const asked = new Set(known.map((row) => row.supplier));
    for (const { supplier } of record.parts.suppliers ?? []) {
      if (asked.has(Number(supplier))) continue;
      asked.add(Number(supplier));
      const values = { supplier: Number(supplier), deliverBy: record.values.deliverBy ?? null };
      const items = [...new Set((record.parts.lines ?? []).map((line) => Number(line.item)))];
      const { prices } = await purchasePrices(work, { items, supplier: Number(supplier) });
      await makeFrom(work, 'supplierQuotation', [{ type: definition.type, id: record.id }], values, (row) => {
        const { taxCode = null, taxRate = 0 } = prices[Number(row.item)] ?? {};
        return { taxCode, taxRate };
      });
    }
  });
}
