import type { Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { columnOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

/** Runs a write and turns a violated unique index into 'record.notUnique' at the field, or 'record.duplicate' for the folded key. */
export async function refusingTwins<T>(work: Work, definition: Definition, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const violated = work.company.store.dialect.uniqueViolation(error);
    if (!violated) throw error;
    if (violated.columns.includes('fold_key')) throw new Refusal('record.duplicate', { title: '', owner: '', count: 1 });
    const field = Object.keys(definition.fields).find((name) => violated.columns.includes(columnOf(name)));
    if (!field) throw error;
    throw new Refusal('record.notUnique', { field }, [{ path: field, code: 'record.notUnique' }]);
  }
}
