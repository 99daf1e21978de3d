import type { DocumentRule } from '../../../../shared/exchange/importPlan.ts';
import { type Definition, fieldAt, type Value } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { refuseUnlessMay } from '../../../access/visibility.ts';
import { loadRecords } from '../../../database/rows.ts';
import { completed } from '../../../engine/createRecord.ts';
import { refuseTooManyDecimals } from '../../../engine/decimals.ts';
import { refuseUnfilled } from '../../../engine/formRules.ts';
import { refuseUnknownLinks } from '../../../engine/links.ts';
import { rehearseStep } from '../../../engine/takeStep.ts';
import type { Work } from '../../../work.ts';
import { checkedDraft, targetOfPath } from './rowDraft.ts';
import { type CheckedRow, type Reading, type RowSetting, remarkOn } from './rowReading.ts';
import { nameThings } from './things.ts';

type DocumentDraft = Pick<CheckedRow, 'kind' | 'type' | 'draft' | 'companions' | 'fold' | 'near' | 'same' | 'isFormula'>;

/** The document a row would become: of the plan's own type, or of its counterpart where the amount stands on the other side. */
export function documentDraft(setting: RowSetting, rule: DocumentRule, reading: Reading): DocumentDraft {
  const side = sideOf(setting, rule, reading);
  const amountColumn = setting.columns.find(({ target }) => target === rule.amount);
  const isUnread = reading.problems.some(({ column }) => column !== undefined && column === amountColumn?.index);
  const plain = { companions: {}, fold: null, near: null, isFormula: false } as const;
  if (!isUnread && !amountIn(rule, reading)) return { ...plain, kind: 'nothing', draft: { values: {}, parts: {} } };
  const known = Object.entries(reading.values).filter(([name]) => Object.hasOwn(side.definition.fields, name));
  const draft = checkedDraft(setting, reading, { ...side, companion: null, values: Object.fromEntries(known), parts: reading.parts });
  const { type } = side.definition;
  const own = type === setting.plan.type ? {} : { type };
  // A value that could not be read may have been filled by a default: such a row is like nothing.
  const same = reading.problems.length > 0 ? null : sameKey(rule, type, draft);
  return { ...plain, ...own, kind: '', draft, same };
}

const amountIn = (rule: DocumentRule, { values, parts }: Reading): Value => valueAt(rule.amount, { values, parts });

/** Takes what both sides say together: the amount above zero, and the type of document it belongs to. */
function sideOf(setting: RowSetting, rule: DocumentRule, reading: Reading): Pick<RowSetting, 'definition' | 'defaults'> {
  const found = Object.entries(setting.companions).find(([, companion]) => companion.rule.kind === 'counter');
  if (!found) return setting;
  const [name, counter] = found;
  const own = Number(reading.values[rule.amount] ?? 0);
  const other = Number(reading.companions[name]?.[rule.amount] ?? 0);
  if (own !== 0 && other !== 0) {
    const column = setting.columns.find(({ target }) => target === `${name}.${rule.amount}`);
    reading.problems.push(remarkOn(column, column && reading.cells[column.index], { code: 'import.bothSides', facts: {} }));
  }
  const amount = own - other;
  reading.values[rule.amount] = Math.abs(amount);
  return amount < 0 ? counter : setting;
}

type Valued = Pick<Reading, 'values' | 'parts'>;

/** The value of a row's draft at a target: `total`, or `lines.item` of its one row. */
function valueAt(target: string, { values, parts }: Valued): Value {
  const [head = '', tail] = target.split('.');
  return (tail === undefined ? values[head] : parts[head]?.[0]?.[tail]) ?? null;
}

/** What makes a row the same as another: the values of the first of the rule's sets that the row fills. */
function sameKey(rule: DocumentRule, type: string, draft: Valued): string | null {
  const filled = rule.same.find((targets) => targets.every((target) => !isBlank(valueAt(target, draft))));
  return filled ? JSON.stringify([type, filled, filled.map((target) => valueAt(target, draft))]) : null;
}

const isBlank = (value: Value): boolean => value === null || value === '';

/**
 * Completes the drafts of a batch by what only the database knows, and tries each as far as that goes without storing it:
 * what would be refused when the documents are made becomes a problem of the row now.
 */
export async function rehearse(work: Work, setting: RowSetting, rule: DocumentRule, rows: readonly CheckedRow[]): Promise<void> {
  const ready = rows.filter((row) => row.kind === '' && row.problems.length === 0);
  await giveOwners(work, setting, ready);
  await nameThings(work, setting.plan, ready);
  for (const row of ready) {
    const definition = work.company.catalogue.get(row.type ?? setting.plan.type);
    try {
      refuseUnlessMay(work, definition, 'create');
      refuseUnlessMay(work, definition, 'approve');
      await refuseTooManyDecimals(work, definition, row.draft);
      await refuseUnfilled(work, definition, row.draft.values);
      await refuseUnknownLinks(work, definition, row.draft);
      await rehearseStep(work, definition, await completed(work, definition, row.draft), rule.step);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      noteRefusal(setting, row, refusal);
    }
  }
}

function noteRefusal({ plan, columns }: RowSetting, row: CheckedRow, refusal: Refusal): void {
  const faults = refusal.fields.length > 0 ? refusal.fields : [{ path: '', code: refusal.code, facts: refusal.facts }];
  for (const { path, code, facts = refusal.facts } of faults) {
    const targets = [plan.document?.shownAt?.[code], targetOfPath(plan, null, path)];
    const column = targets.flatMap((wanted) => columns.find(({ target }) => target === wanted) ?? [])[0];
    row.problems.push(remarkOn(column, undefined, { code, facts: { ...(column || path === '' ? {} : { field: path }), ...facts } }));
  }
}

/** Whoever answers for the customer answers for what the customer owes, unless the row names somebody. */
async function giveOwners(work: Work, { plan, ownerless, departments }: RowSetting, rows: readonly CheckedRow[]): Promise<void> {
  for (const [type, own] of Map.groupBy(rows, (row) => row.type ?? plan.type)) {
    const definition = work.company.catalogue.get(type);
    if (definition.visibility.by !== 'owner') continue;
    const { through } = definition.visibility;
    const owners = through === undefined ? new Map<number, Owner>() : await ownersOf(work, definition, through, own);
    for (const { draft, given } of own) {
      const linked = owners.get(Number(draft.values[through ?? '']));
      const named = given.includes('owner') ? Number(draft.values.owner) : null;
      const giver = named === null ? (linked ?? ownerless) : { owner: named, department: departments.get(named) ?? null };
      draft.values.owner = giver.owner;
      draft.values.department = giver.department;
    }
  }
}

interface Owner {
  readonly owner: number | null;
  readonly department: number | null;
}

async function ownersOf(work: Work, definition: Definition, through: string, rows: readonly CheckedRow[]): Promise<Map<number, Owner>> {
  const field = fieldAt(definition, through);
  if (field?.kind !== 'link') return new Map();
  const ids = [...new Set(rows.map(({ draft }) => Number(draft.values[through])))];
  const records = await loadRecords(work.tx, work.company.catalogue.get(field.to), ids, { parts: false });
  return new Map(
    records.map(({ id, values }) => [id, { owner: values.owner as number | null, department: values.department as number | null }]),
  );
}
