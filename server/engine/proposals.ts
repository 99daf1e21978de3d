import type { AnyRecord, AnyRow, Definition } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';

/** The rows that a part of a new document begins with, given what its sources gave it. */
export type Proposer = (work: Work, target: Definition, proposal: AnyRecord) => Promise<AnyRow[]>;

const proposers = new Map<string, Proposer>();

/** A feature offers rows that parts ask for by name (`proposedBy: 'lots'`). */
export function offerProposal(name: string, propose: Proposer): void {
  proposers.set(name, propose);
}

/** The proposal with the rows of all parts that somebody proposes something for. */
export async function withProposedRows(work: Work, target: Definition, proposal: AnyRecord): Promise<AnyRecord> {
  const parts = { ...proposal.parts };
  for (const [name, part] of Object.entries(target.parts)) {
    if (part.proposedBy === undefined) continue;
    const propose = proposers.get(part.proposedBy);
    if (!propose) throw new Error(`No feature proposes ${part.proposedBy}`);
    parts[name] = await propose(work, target, proposal);
  }
  return { ...proposal, parts };
}
