import type { SourceFacts } from '../../shared/documents/facts.ts';
import type { AnyRecord, AnyRow } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';
import { lock } from './load.ts';

/**
 * Where the rows of a document came from, by `part.rowId`: head and row of the source as they are before this step tells them
 * what was taken. Locked, in the order in which they are fed.
 */
export async function sourceFacts(work: Work, document: AnyRecord): Promise<SourceFacts> {
  const rows = Object.entries(document.parts).flatMap(([part, all]) =>
    all.filter((row) => row.sourceType && row.source).map((row) => ({ place: `${part}.${row.id}`, row })),
  );
  const keyOf = (row: AnyRow): string => `${row.sourceType}:${String(row.source).padStart(16, '0')}`;
  const facts: Record<string, SourceFacts[string]> = {};
  const groups = Map.groupBy(rows, ({ row }) => keyOf(row));
  for (const key of [...groups.keys()].sort()) {
    const group = groups.get(key) ?? [];
    const first = group[0]?.row;
    const definition = work.company.catalogue.find(String(first?.sourceType));
    if (!first || !definition) continue;
    const source = await lock(work, definition, Number(first.source));
    const part = definition.becomes?.[document.type]?.each;
    const given = part && part !== 'document' ? (source.parts[part.part] ?? []) : [];
    for (const { place, row } of group) {
      const from = given.find(({ id }) => id === row.sourceRow) ?? null;
      facts[place] = { type: definition.type, id: source.id, state: source.state ?? null, head: source.values, row: from };
    }
  }
  return facts;
}
