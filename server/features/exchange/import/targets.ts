import type { ImportAnswer, ImportColumnAnswer } from '../../../../shared/exchange/importAnswers.ts';
import { fieldOfTarget, type ImportPlan, rankOfHeading, readNamed, targetOfHeading } from '../../../../shared/exchange/importPlan.ts';
import { type Field, isDerived } from '../../../../shared/kernel/fields.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { Work } from '../../../work.ts';
import type { SheetColumn } from './importStore.ts';

/** A column of the sheet and the field it fills. */
export interface MappedColumn {
  readonly index: number;
  readonly header: string;
  readonly target: string;
  readonly field: Field;
}

/** Where a target leads: the type it belongs to and the path its label and rights are found by. */
export function placeOfTarget(work: Work, plan: ImportPlan, target: string): { type: string; path: string } {
  const named = readNamed(plan, target);
  if (named) return { type: plan.type, path: `${named.column.part}.${named.column.value}` };
  const [head = '', tail] = target.split('.');
  const companion = tail === undefined ? undefined : plan.companions[head];
  if (!companion || tail === undefined) return { type: plan.type, path: target };
  const isOwn = companion.kind !== 'document' || Object.hasOwn(work.company.catalogue.get(companion.type).fields, tail);
  return { type: companion.type, path: isOwn ? tail : `${companion.part}.${tail}` };
}

/** Whether the actor may fill this target: the field, and the record it belongs to. */
export function mayFill(work: Work, plan: ImportPlan, target: string): boolean {
  const field = fieldOfTarget(plan, (type) => work.company.catalogue.get(type), target);
  if (!field || isDerived(field) || field.kind === 'file' || field.kind === 'picture') return false;
  const { type, path } = placeOfTarget(work, plan, target);
  const { actor } = work;
  if (actor.fieldAccess(type, path) !== 'write') return false;
  const companion = plan.companions[target.split('.')[0] ?? ''];
  if (!companion || type === plan.type) return true;
  const isPosted = companion.kind !== 'record';
  return actor.reach(type, 'create') !== 'none' && (!isPosted || actor.reach(type, 'approve') !== 'none');
}

/** Everything a column may be sent to. */
export function targetsFor(work: Work, plan: ImportPlan): ImportAnswer['targets'] {
  return plan.columns
    .filter(({ target }) => mayFill(work, plan, target))
    .map(({ target }) => {
      const field = fieldOfTarget(plan, (type) => work.company.catalogue.get(type), target);
      // What has a default fills itself where the file has no column for it.
      const isOfRow = !target.includes('.') || (plan.document !== undefined && target.split('.')[0] === plan.part);
      const hasCounter = target === plan.document?.amount && Object.values(plan.companions).some((rule) => rule.kind === 'counter');
      const isNeeded = field?.required === true && !hasDefault(field) && isOfRow && !hasCounter;
      return { target, ...placeOfTarget(work, plan, target), required: isNeeded };
    });
}

const hasDefault = (field: Field): boolean => 'default' in field && field.default !== undefined;

/** The mapping a sheet gets before anybody has looked at it: remembered headings first, then the known ones, each target once. */
export function mappingFor(
  work: Work,
  plan: ImportPlan,
  columns: readonly SheetColumn[],
  remembered: ReadonlyMap<string, string | null>,
): Record<string, string | null> {
  const mapping: Record<string, string | null> = {};
  const taken = new Set<string>();
  const wishes = columns.map(({ index, header }, at) => {
    const known = remembered.get(header);
    const target = known ?? targetOfHeading(plan, header);
    return { index, target, at, rank: known || target === null ? -1 : rankOfHeading(plan, target, header) };
  });
  // A sheet may name a thing twice, by code and by name: the column with the better heading gets the target.
  for (const { index, target } of wishes.sort((a, b) => a.rank - b.rank || a.at - b.at)) {
    const isFree = target !== null && !taken.has(target) && mayFill(work, plan, target);
    mapping[index] = isFree ? target : null;
    if (isFree) taken.add(target);
  }
  return mapping;
}

/** The columns as the wizard shows them, with why a known one stays out. */
export function columnAnswers(
  work: Work,
  plan: ImportPlan,
  columns: readonly SheetColumn[],
  mapping: Readonly<Record<string, string | null>>,
): ImportColumnAnswer[] {
  const used = new Set(Object.values(mapping));
  return columns.map(({ index, header, sample }) => {
    const field = mapping[index] ?? null;
    const known = field === null ? targetOfHeading(plan, header) : null;
    const hint =
      known === null ? undefined : used.has(known) ? 'import.columnTwice' : mayFill(work, plan, known) ? undefined : 'import.fieldDenied';
    return { index, header, field, sample: [...sample], ...(hint ? { hint } : {}) };
  });
}

/**
 * The mapping a person chose, with its fields. Refuses 'import.unknownTarget' {target}, 'import.columnTwice' {target} and
 * 'import.nameMissing' when no column gives the record its name.
 */
export function mapped(
  work: Work,
  plan: ImportPlan,
  columns: readonly SheetColumn[],
  mapping: Readonly<Record<string, string | null>>,
): MappedColumn[] {
  const chosen = columns.flatMap(({ index, header }): MappedColumn[] => {
    const target = mapping[index];
    if (target === null || target === undefined) return [];
    const field = mayFill(work, plan, target) ? fieldOfTarget(plan, (type) => work.company.catalogue.get(type), target) : undefined;
    if (!field) throw new Refusal('import.unknownTarget', { target });
    return [{ index, header, target, field }];
  });
  const twice = chosen.find((one, at) => chosen.findIndex((other) => other.target === one.target) !== at);
  if (twice) throw new Refusal('import.columnTwice', { target: twice.target, header: twice.header });
  const title = plan.names ?? work.company.catalogue.get(plan.type).title;
  if (!chosen.some(({ target }) => target === title))
    throw new Refusal('import.nameMissing', { field: title.slice(title.indexOf('.') + 1) });
  return chosen;
}
