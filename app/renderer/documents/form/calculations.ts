import { catalogue } from '../../../../shared/catalogue.ts';
import type { AnyRecord, AnyRow, CalculationSetting, Value } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';

/** What stands in the form. New rows carry negative ids until the server gives them real ones. */
export interface DraftContent {
  readonly values: Record<string, Value>;
  readonly parts: Record<string, AnyRow[]>;
}

/** The arithmetic of one type as the form runs it: takes what stands in the form, gives it back with every derived value. */
export type Reckon = (content: DraftContent) => DraftContent;

/**
 * The calculation that the definition of a type names; the same pure function the server runs when it saves. A number too large
 * to be exact leaves the derived values as they were: the server refuses it by name on saving.
 */
export function calculationOf(type: string, setting: CalculationSetting): Reckon {
  const calculation = catalogue.find(type)?.calculation;
  if (!calculation) return (content) => content;
  return (content) => {
    try {
      const record: AnyRecord = { id: 0, version: 0, type, values: content.values, parts: content.parts };
      return keepUnchanged(content, calculation.run(record, setting));
    } catch (error) {
      if (error instanceof Refusal) return content;
      throw error;
    }
  };
}

/** Rows that came out as they went in keep their identity, so that the grid draws only the rows that changed. */
function keepUnchanged(before: DraftContent, after: DraftContent): DraftContent {
  const parts = Object.fromEntries(
    Object.entries(after.parts).map(([name, rows]) => {
      const old = before.parts[name] ?? [];
      const kept = rows.map((row, index) => (isSame(old[index], row) ? (old[index] ?? row) : row));
      const isUntouched = kept.length === old.length && kept.every((row, index) => row === old[index]);
      return [name, isUntouched ? old : kept];
    }),
  );
  return { values: isSame(before.values, after.values) ? before.values : after.values, parts };
}

function isSame(before: Record<string, unknown> | undefined, after: Record<string, unknown>): boolean {
  if (!before) return false;
  const names = Object.keys(after);
  return names.length === Object.keys(before).length && names.every((name) => before[name] === after[name]);
}
