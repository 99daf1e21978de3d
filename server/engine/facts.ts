import type { AnyRecord, Definition, FactBag } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';

/** Brings one fact about a document, in the transaction that will act on it. */
export type FactFinder = (work: Work, definition: Definition, document: AnyRecord) => Promise<unknown>;

const finders = new Map<string, FactFinder>();

/** A feature offers a fact that guards and postings may name. */
export function offerFact(name: string, find: FactFinder): void {
  finders.set(name, find);
}

/** The facts a step asks for, each looked up once. */
export async function bringFacts(work: Work, definition: Definition, document: AnyRecord, names: Iterable<string>): Promise<FactBag> {
  const facts: Record<string, unknown> = {};
  // In the order of their names, so that the locks some of them take come in one order everywhere.
  for (const name of [...new Set(names)].sort()) {
    const find = finders.get(name);
    if (!find) throw new Error(`No feature offers the fact ${name}`);
    facts[name] = await find(work, definition, document);
  }
  return facts;
}
