import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';

/** Writes into a record what a person or program left open and a feature knows, before it is reckoned; `before` is null for a new one. */
export type Completion = (work: Work, definition: Definition, record: AnyRecord, before: AnyRecord | null) => Promise<AnyRecord>;

const completions: Completion[] = [];

/** A feature offers to complete records of every type it finds its own fields in. */
export function offerCompletion(complete: Completion): void {
  completions.push(complete);
}

export async function withCompletions(work: Work, definition: Definition, record: AnyRecord, before: AnyRecord | null): Promise<AnyRecord> {
  let whole = record;
  for (const complete of completions) whole = await complete(work, definition, whole, before);
  return whole;
}
