import type { RecordInput } from '../../shared/contracts/wire.ts';
import type { Definition, Value } from '../../shared/kernel/definition.ts';
import type { StoredRecord } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { proposed, type Source } from './become.ts';
import { createRecord } from './createRecord.ts';

/**
 * Stores what the sources become, as a person would who opens the proposal and saves it; `values` go on top. Refuses like propose
 * and createRecord.
 */
export async function makeFrom(
  work: Work,
  target: Definition,
  sources: readonly Source[],
  values: Readonly<Record<string, Value>> = {},
): Promise<StoredRecord> {
  const proposal = await proposed(work, target, sources);
  const may = (path: string): boolean => work.actor.fieldAccess(target.type, path) === 'write';
  const input: RecordInput = {
    values: { ...writable(proposal.values, may), ...values },
    parts: Object.fromEntries(
      Object.entries(proposal.parts).map(([part, rows]) => [
        part,
        rows.map((row) => writable(row, (name) => name !== 'id' && may(`${part}.${name}`))),
      ]),
    ),
  };
  return createRecord(work, target, input);
}

const writable = (values: Readonly<Record<string, Value>>, may: (name: string) => boolean): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => may(name)));
