import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import type { Facts } from '../../../shared/kernel/refusal.ts';
import { approversOf } from '../../access/approvers.ts';
import { type Event, listenToAll } from '../../engine/effects.ts';
import type { Work } from '../../work.ts';

/**
 * Tells people about documents that wait for approval: whoever may approve one hears that it was handed in, and whoever handed
 * it in hears that it was approved or sent back, and why. Nobody hears of a document that they may not see, nor of their own deed.
 */
export function offerApprovalNotices(): void {
  listenToAll(async (work, definition, event) => {
    if (event.kind !== 'stepped') return;
    if (isWaiting(definition, event.from)) await tellDecision(work, definition, event);
    if (isWaiting(definition, event.record.state) && !isWaiting(definition, event.from))
      await tellApprovers(work, definition, event.record);
  });
}

type Stepped = Event & { readonly kind: 'stepped' };

const isWaiting = (definition: Definition, state: string | undefined): boolean => definition.states?.[state ?? '']?.look === 'waiting';

async function tellApprovers(work: Work, definition: Definition, document: AnyRecord): Promise<void> {
  const facts = factsOf(work, definition, document);
  for (const user of await approversOf(work, definition, document.id)) await tell(work, document, { user, code: 'notice.handedIn', facts });
}

/** The person who handed it in, when somebody else decided; those who were asked to decide need not look any more. */
async function tellDecision(work: Work, definition: Definition, event: Stepped): Promise<void> {
  const { record, step } = event;
  await work
    .tx('notices')
    .where({ code: 'notice.handedIn', type: record.type, record_id: record.id })
    .whereNull('read_at')
    .update({ read_at: work.now });
  const user = await handedInBy(work, definition, record.id);
  if (definition.steps?.[step]?.operation !== 'approve' || user === null || user === work.actor.userId) return;
  const { look } = definition.states?.[record.state ?? ''] ?? {};
  const reason = event.reason?.trim();
  const facts = { ...factsOf(work, definition, record), ...(reason ? { reason } : {}) };
  if (look !== 'draft') await tell(work, record, { user, code: 'notice.approved', facts });
  else await tell(work, record, { user, code: reason ? 'notice.sentBackBecause' : 'notice.sentBack', facts });
}

const factsOf = (work: Work, definition: Definition, document: AnyRecord): Facts => ({
  type: definition.type,
  title: String(document.values[definition.title] ?? ''),
  by: work.actor.name,
});

async function tell(work: Work, { type, id }: AnyRecord, notice: { user: number; code: string; facts: Facts }): Promise<void> {
  await work.tx('notices').insert({ ...notice, facts: JSON.stringify(notice.facts), at: work.now, type, record_id: id });
}

/** Whoever took it last into the state where it waits. */
async function handedInBy(work: Work, definition: Definition, id: number): Promise<number | null> {
  const steps = Object.entries(definition.steps ?? {}).filter(([, step]) => isWaiting(definition, step.to));
  const row = (await work
    .tx('audit')
    .where({ type: definition.type, record_id: id })
    .whereIn(
      'action',
      steps.map(([name]) => `step.${name}`),
    )
    .orderBy('seq', 'desc')
    .first('actor')) as { actor: number } | undefined;
  return row?.actor ?? null;
}
