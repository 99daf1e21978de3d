import type { KnownFacts } from '../../../shared/documents/facts.ts';
import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import { partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

interface Sum {
  source_type: string;
  source_row: number;
  quantity: number;
  cost: number;
}

/** What standing documents of the same type, and earlier lines of this one, have brought back already of the source rows of its lines. */
export async function costReturned(work: Work, document: AnyRecord, definition: Definition): Promise<KnownFacts['costReturned']> {
  const lines = (document.parts.lines ?? []).filter((line) => line.sourceType && line.sourceRow);
  const fields = definition.parts.lines?.fields ?? {};
  if (lines.length === 0 || fields.cost === undefined || fields.quantity === undefined) return {};
  const standing = Object.entries(definition.states ?? {}).flatMap(([name, { look }]) => (look === 'done' ? [name] : []));
  const sums = (await work
    .tx({ line: partTableOf(definition, 'lines') })
    .join({ head: tableOf(definition) }, 'head.id', 'line.parent')
    .whereIn('head.state', standing)
    .whereNot('head.id', document.id)
    .whereIn('line.source_row', [...new Set(lines.map((line) => Number(line.sourceRow)))])
    .groupBy('line.source_type', 'line.source_row')
    .select('line.source_type', 'line.source_row')
    .sum({ quantity: 'line.quantity', cost: 'line.cost' })) as Sum[];
  const byRow = new Map(sums.map((sum) => [`${sum.source_type}:${sum.source_row}`, sum]));
  const own = new Map<string, number>();
  return Object.fromEntries(
    lines.map((line) => {
      const key = `${line.sourceType}:${line.sourceRow}`;
      const sum = byRow.get(key);
      const earlier = own.get(key) ?? 0;
      own.set(key, earlier + Number(line.quantity));
      return [`lines.${line.id}`, { quantity: sum?.quantity ?? 0, cost: sum?.cost ?? 0, earlier }];
    }),
  );
}
