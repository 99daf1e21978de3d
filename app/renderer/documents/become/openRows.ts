import type { DefinitionAnswer, RecordAnswer, WireField } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Source } from '../form/recordDoor.ts';

/** A row of a document that still has something left to give. */
export interface OpenRow {
  /** The id of the row, or of the document where it gives as a whole. */
  id: number;
  /** Where it stands among the rows of its document, from 1; 0 for the whole document. */
  at: number;
  values: Readonly<Record<string, Value>>;
  limit: number;
  open: number;
}

/** The types a saved document can become in its present state. */
export function waysOf(definition: DefinitionAnswer, answer: RecordAnswer, mayCreate: (type: string) => boolean): string[] {
  return Object.entries(definition.becomes ?? {})
    .filter(([type, way]) => mayCreate(type) && way.from.includes(answer.state ?? '') && goesThisWay(answer, way.when))
    .filter(([type]) => openRowsOf(definition, answer, type).length > 0)
    .map(([type]) => type);
}

const goesThisWay = (answer: RecordAnswer, when: Readonly<Record<string, readonly Value[]>> = {}): boolean =>
  Object.entries(when).every(([field, values]) => values.includes(answer.values[field] ?? null));

/** What of a document is left to become another type: limit less what was fed back already. */
export function openRowsOf(definition: DefinitionAnswer, answer: RecordAnswer, target: string): OpenRow[] {
  const way = definition.becomes?.[target];
  if (!way) return [];
  const holders =
    way.each === 'document'
      ? [{ id: answer.id, at: 0, values: answer.values }]
      : (answer.parts[way.each.part] ?? []).map((row, index) => ({ id: row.id, at: index + 1, values: row as Record<string, Value> }));
  return holders
    .map((holder) => {
      const limit = Number(holder.values[way.offers ?? way.limit] ?? 0);
      return { ...holder, limit, open: limit - (way.unlimited ? 0 : Number(holder.values[way.feeds] ?? 0)) };
    })
    .filter((row) => row.open > 0);
}

/** The field of a document that says how much of it can be given: its kind is the kind of the amounts. */
export function amountField(definition: DefinitionAnswer, target: string): WireField | undefined {
  const way = definition.becomes?.[target];
  if (!way) return undefined;
  return way.each === 'document' ? definition.fields[way.limit] : definition.parts[way.each.part]?.fields[way.limit];
}

/** What is asked of the server for the rows that were ticked. */
export function sourceOf(answer: { type: string; id: number }, chosen: ReadonlyMap<number, number>): Source {
  return { type: answer.type, id: answer.id, rows: [...chosen].filter(([, amount]) => amount > 0).map(([id, amount]) => ({ id, amount })) };
}
