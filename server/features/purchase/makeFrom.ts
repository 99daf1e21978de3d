import type { RecordInput } from '../../../shared/contracts/wire.ts';
import type { AnyRow, Value } from '../../../shared/kernel/definition.ts';
import { isDerived } from '../../../shared/kernel/fields.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { propose, type Source } from '../../engine/become.ts';
import { createRecord } from '../../engine/createRecord.ts';
import type { Work } from '../../work.ts';

/**
 * A new document from others, as if the actor had made it in the form and saved: same rights, same refusals. `values` go over
 * what the sources say, what `fill` says goes over each row.
 */
export async function makeFrom(
  work: Work,
  type: string,
  sources: readonly Source[],
  values: Readonly<Record<string, Value>> = {},
  fill: (row: AnyRow) => Readonly<Record<string, Value>> = () => ({}),
): Promise<StoredRecord> {
  const definition = work.company.catalogue.get(type);
  const proposal = await propose(work, definition, sources);
  const may = (path: string): boolean => work.actor.fieldAccess(type, path) === 'write';
  const written = (fields: typeof definition.fields, from: Readonly<Record<string, Value>>, prefix: string) =>
    Object.fromEntries(
      Object.entries(from).filter(([name]) => {
        const field = fields[name];
        return field && !isDerived(field) && may(`${prefix}${name}`);
      }),
    );
  const parts = Object.entries(proposal.parts).map(([part, rows]) => [
    part,
    rows.map((from) => ({ ...written(definition.parts[part]?.fields ?? {}, from, `${part}.`), ...fill(from) })),
  ]);
  const input: RecordInput = {
    values: { ...written(definition.fields, proposal.values, ''), ...values },
    parts: Object.fromEntries(parts),
  };
  return createRecord(work, definition, input);
}
