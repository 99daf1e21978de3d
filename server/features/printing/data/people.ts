import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { StoredRecord } from '../../../database/rows.ts';
import type { Work } from '../../../work.ts';

/** Who made the document, and who approved it as it stands; null where nobody did, or where the program itself did. */
export async function peopleOf(
  work: Work,
  definition: Definition,
  record: StoredRecord,
): Promise<{ maker: string | null; approver: string | null }> {
  const approver = await approverOf(work, definition, record);
  const ids = [record.stamps.createdBy, ...(approver === null ? [] : [approver])];
  const rows = (await work.tx('users').whereIn('id', ids).select('id', 'name')) as { id: number; name: string }[];
  const nameOf = (id: number | null) => rows.find((row) => row.id === id)?.name ?? null;
  return { maker: nameOf(record.stamps.createdBy), approver: nameOf(approver) };
}

/** Whoever took it last from a state whose paper carries a watermark to one whose paper does not. */
async function approverOf(work: Work, definition: Definition, record: StoredRecord): Promise<number | null> {
  const isProvisional = (state: string) => definition.states?.[state]?.watermark === true;
  if (record.state === undefined || isProvisional(record.state)) return null;
  const steps = Object.entries(definition.steps ?? {}).filter(
    ([, step]) => step.operation === 'approve' && step.from.some(isProvisional) && !isProvisional(step.to),
  );
  const row = (await work
    .tx('audit')
    .where({ type: definition.type, record_id: record.id })
    .whereIn(
      'action',
      steps.map(([name]) => `step.${name}`),
    )
    .orderBy('seq', 'desc')
    .first('actor')) as { actor: number } | undefined;
  return row?.actor ?? null;
}
