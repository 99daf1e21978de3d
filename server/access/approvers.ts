import type { AnyRecord, Definition, Step } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { administratorsAnd } from './people.ts';
import { loadActor } from './rights.ts';
import { canSee } from './visibility.ts';

/**
 * Four eyes: refuses 'step.notOwn' to whoever made the document and to those whom the step's fields name, as long as there is
 * somebody else who may take it.
 */
export async function refuseOwn(work: Work, definition: Definition, document: AnyRecord & MadeBy, step: Step): Promise<void> {
  if (step.notOwn === undefined) return;
  const own = new Set([document.stamps.createdBy, ...step.notOwn.map((field) => document.values[field])]);
  if (!own.has(work.actor.userId)) return;
  const others = await approversOf(work, definition, document.id);
  if (others.some((user) => !own.has(user))) throw new Refusal('step.notOwn');
}

interface MadeBy {
  readonly stamps: { readonly createdBy: number };
}

/** Everybody but the actor whose right to approve reaches this document. */
export async function approversOf(work: Work, definition: Definition, id: number): Promise<number[]> {
  const approvers: number[] = [];
  for (const user of await peopleWhoApprove(work, definition)) {
    const actor = await loadActor(work.tx, work.company.catalogue, user);
    if (await canSee({ ...work, actor }, definition, id, 'approve')) approvers.push(user);
  }
  return approvers;
}

/** Those with a position that approves such documents at all: a few, before each one's reach is looked at. */
async function peopleWhoApprove(work: Work, definition: Definition): Promise<number[]> {
  const granted = work
    .tx('position_grants')
    .where({ type: definition.type, operation: 'approve' })
    .whereNot('scope', 'none')
    .select('parent');
  return (await administratorsAnd(work.tx, granted)).filter((user) => user !== work.actor.userId);
}
