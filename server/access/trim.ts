import type { DefinitionAnswer, RecordInput, WireField } from '../../shared/contracts/wire.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { AnyRow, Definition, Operation, Value } from '../../shared/kernel/definition.ts';
import type { Fields } from '../../shared/kernel/fields.ts';
import { type FieldRefusal, Refusal } from '../../shared/kernel/refusal.ts';
import type { Actor } from '../work.ts';

interface Trimmable {
  values: Record<string, Value>;
  parts: Record<string, AnyRow[]>;
}

/** The record without the fields that the actor may not see: they are absent, not blank. The one given stays as it is. */
export function trimRecord<R extends Trimmable>(actor: Actor, definition: Definition, record: R): R {
  const parts = Object.entries(record.parts).filter(([part]) => isVisible(actor, definition, part));
  return {
    ...record,
    values: trimValues(actor, definition, record.values),
    parts: Object.fromEntries(parts.map(([part, rows]) => [part, rows.map((row) => trimRow(actor, definition, part, row))])),
  };
}

/** The same for one row of a part. */
export function trimRow(actor: Actor, definition: Definition, part: string, row: AnyRow): AnyRow {
  const visible = Object.entries(row).filter(([name]) => name === 'id' || isVisible(actor, definition, `${part}.${name}`));
  return Object.fromEntries(visible) as AnyRow;
}

/** The same for the values of the record's own fields alone, as lists have them. */
export function trimValues(actor: Actor, definition: Definition, values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isVisible(actor, definition, name)));
}

/** Whether the actor may know what this field (`name`, `lines.price`) or part (`lines`) holds. */
export const isVisible = (actor: Actor, definition: Definition, path: string): boolean =>
  actor.fieldAccess(definition.type, path) !== 'hidden';

/**
 * What in the input the actor may not write, all of it: 'field.unknown' for what does not exist and for what the actor may
 * not even see, 'field.notAllowed' for what can only be read.
 */
export function unwritableIn(actor: Actor, definition: Definition, input: RecordInput): FieldRefusal[] {
  const own = Object.entries(input.values ?? {}).flatMap(([name, value]) => {
    if (isOwnAtCreation(actor, definition, input, name, value)) return [];
    return refusalFor(actor, definition, Object.hasOwn(definition.fields, name) ? name : '', name);
  });
  const inParts = Object.entries(input.parts ?? {}).flatMap(([part, rows]) => {
    const isPart = Object.hasOwn(definition.parts, part);
    const whole = refusalFor(actor, definition, isPart ? part : '', part);
    if (whole.length > 0) return whole;
    return rows.flatMap((row, index) => {
      const names = Object.keys(row).filter((name) => name !== 'id');
      return names.flatMap((name) => refusalFor(actor, definition, `${part}.${name}`, `${part}.${index}.${name}`));
    });
  });
  return [...own, ...inParts];
}

/** Refuses 'record.invalid' with everything that `unwritableIn` finds. */
export function refuseUnwritable(actor: Actor, definition: Definition, input: RecordInput): void {
  const refusals = unwritableIn(actor, definition, input);
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
}

/** The definitions as this person may know them: types they may read, with the fields, operations and steps that are theirs. */
export function trimDefinitions(actor: Actor, catalogue: Catalogue): DefinitionAnswer[] {
  return catalogue.definitions
    .filter((definition) => actor.reach(definition.type, 'read') !== 'none')
    .map((definition) => trimDefinition(actor, definition));
}

function trimDefinition(actor: Actor, definition: Definition): DefinitionAnswer {
  const { type, kind, area, title, states, steps, becomes, calculation, tree, search, print, numbering } = definition;
  const may = (operation: Operation, of = type) => actor.reach(of, operation) !== 'none';
  const visible = (path: string) => isVisible(actor, definition, path);
  return {
    type,
    kind,
    area,
    title,
    fields: trimFields(actor, definition, definition.fields),
    parts: Object.fromEntries(
      Object.entries(definition.parts)
        .filter(([name]) => visible(name))
        .map(([name, { fields, ...part }]) => [name, { ...part, fields: trimFields(actor, definition, fields, name) }]),
    ),
    operations: definition.operations.filter((operation) => may(operation)),
    sort: definition.sort.filter(({ field }) => field === 'id' || visible(field)),
    ...(states ? { states } : {}),
    ...(steps
      ? {
          steps: Object.fromEntries(
            Object.entries(steps)
              .filter(([, step]) => may(step.operation))
              .map(([name, step]) => [name, trimStep(step)]),
          ),
        }
      : {}),
    ...(becomes
      ? {
          becomes: Object.fromEntries(
            Object.entries(becomes)
              .filter(([target]) => may('create', target))
              .map(([target, rule]) => [target, trimBecoming(rule)]),
          ),
        }
      : {}),
    ...(calculation ? { calculation: calculation.name } : {}),
    ...(tree ? { tree } : {}),
    ...(search ? { search: { show: search.show?.filter(visible) } } : {}),
    ...(print && may('print') ? { print: { templates: print.templates, ...(print.labels ? { labels: true } : {}) } } : {}),
    ...(numbering ? { numbering: { field: numbering.field, editable: numbering.editable } } : {}),
  };
}

function trimFields(actor: Actor, definition: Definition, fields: Fields, part?: string): Record<string, WireField> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, WireField][] => {
      const access = actor.fieldAccess(definition.type, part ? `${part}.${name}` : name);
      if (access === 'hidden') return [];
      return [[name, access === 'readOnly' ? { ...field, readOnly: true } : field]];
    }),
  );
}

/** Guards, postings and effects are the server's business. */
function trimStep({ from, to, asksReason, danger, automatic, revisesInto }: NonNullable<Definition['steps']>[string]) {
  return { from, to, asksReason, danger, automatic, ...(revisesInto ? { opens: 'revisedBy' } : {}) };
}

function trimBecoming({ from, each, into, feeds, limit, offers, when, unlimited, head, same }: NonNullable<Definition['becomes']>[string]) {
  const sameInto = Object.entries(head).flatMap(([target, own]) => (same.includes(own) ? [target] : []));
  const known = { from, each, into, feeds, limit, same: sameInto };
  return { ...known, ...(offers ? { offers } : {}), ...(when ? { when } : {}), ...(unlimited ? { unlimited } : {}) };
}

/** A new record is the maker's own anyway, so saying so is no assigning. */
function isOwnAtCreation(actor: Actor, definition: Definition, input: RecordInput, name: string, value: Value): boolean {
  if (definition.visibility.by !== 'owner' || input.version !== undefined) return false;
  return (name === 'owner' && value === actor.userId) || (name === 'department' && value === actor.departmentId);
}

function refusalFor(actor: Actor, definition: Definition, path: string, shown: string): FieldRefusal[] {
  const access = actor.fieldAccess(definition.type, path);
  if (access === 'write') return [];
  return [{ path: shown, code: access === 'hidden' ? 'field.unknown' : 'field.notAllowed' }];
}
