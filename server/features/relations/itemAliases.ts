import { canSee } from '../../access/visibility.ts';
import { offerAliases } from '../../engine/list/pickRecords.ts';
import type { Work } from '../../work.ts';

// Codes that begin with what was typed; one more letter makes them fewer.
const foundMax = 10;

/** Items are also found by the code that the customer of the document has for them. */
export function offerItemAliases(): void {
  offerAliases('item', async (work: Work, text, { customer }) => {
    const definition = work.company.catalogue.get('customerItem');
    if (!customer || text === '' || work.actor.reach(definition.type, 'read') === 'none') return [];
    if (!(await canSee(work, work.company.catalogue.get('customer'), customer))) return [];
    const pattern = `${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    const rows = (await work
      .tx('customer_items')
      .where({ customer })
      .whereNull('deleted_at')
      .whereRaw("lower(code) like ? escape '!'", [pattern])
      .orderBy('code')
      .orderBy('id')
      .limit(foundMax)
      .pluck('item')) as number[];
    return rows;
  });
}
