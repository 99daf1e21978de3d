import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { columnOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

/** A record may not be put below itself. Refuses 'tree.circle' at the field that would close the circle. */
export async function refuseCircle(work: Work, definition: Definition, before: AnyRecord, after: AnyRecord): Promise<void> {
  const field = definition.tree?.parent;
  if (field === undefined || after.values[field] === before.values[field]) return;
  const seen = new Set<number>();
  let above = after.values[field] ?? null;
  while (typeof above === 'number' && !seen.has(above)) {
    if (above === after.id) throw new Refusal('tree.circle', {}, [{ path: field, code: 'tree.circle' }]);
    seen.add(above);
    const row = (await work
      .tx(tableOf(definition))
      .where({ id: above })
      .first({ above: columnOf(field) })) as { above: number | null } | undefined;
    above = row?.above ?? null;
  }
}
