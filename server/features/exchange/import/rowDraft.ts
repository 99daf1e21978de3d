import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import { checkRecord, type DefaultsFor, type RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import { type FieldRefusal, Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Reading, type RowSetting, remarkOn } from './rowReading.ts';

interface DraftQuestion {
  definition: Definition;
  defaults: DefaultsFor;
  companion: string | null;
  values: Record<string, Value>;
  parts: Record<string, Record<string, Value>[]>;
}

/** The draft as a person's own entry would be checked; what is refused becomes a problem of its column. */
export function checkedDraft(setting: RowSetting, reading: Reading, asked: DraftQuestion): RecordDraft {
  try {
    return checkRecord(
      asked.definition,
      { values: asked.values, parts: asked.parts },
      { complete: true, defaults: asked.defaults, ...(asked.companion === null ? { mayFill: setting.mayFill } : {}) },
    );
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'record.invalid') throw refusal;
    for (const fault of refusal.fields) noteFault(setting, reading, asked.companion, fault);
    return { values: asked.values, parts: asked.parts };
  }
}

/** A refused field becomes a problem of its column, unless that has one already. */
function noteFault(setting: RowSetting, reading: Reading, companion: string | null, { path, code, facts }: FieldRefusal): void {
  const column = setting.columns.find(({ target }) => target === targetOfPath(setting.plan, companion, path));
  const isKnown = reading.problems.some((problem) => problem.column === column?.index);
  if (column && !isKnown) reading.problems.push(remarkOn(column, reading.cells[column.index], { code, facts: facts ?? {} }));
  if (!column) reading.problems.push({ code, facts: { field: path, ...facts }, text: '' });
}

export function targetOfPath(plan: ImportPlan, companion: string | null, path: string): string {
  if (companion === null) return targetInPart(plan, path);
  const rule = plan.companions[companion];
  return `${companion}.${rule?.kind === 'document' ? path.slice(path.lastIndexOf('.') + 1) : path}`;
}

/** `lines.0.item` is the column `lines.item`; what a detail takes from its row stands in the column of that row. */
function targetInPart({ part, detail }: ImportPlan, path: string): string {
  const [, of, field = ''] = /^(\w+)\.0\.(\w+)$/.exec(path) ?? [];
  if (of !== undefined && of === detail?.part) {
    const from = detail.takes[field];
    return from === undefined ? `${of}.${field}` : `${part}.${from}`;
  }
  return of !== undefined && of === part ? `${of}.${field}` : path;
}
