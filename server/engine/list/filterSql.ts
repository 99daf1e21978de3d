import type { Filter, FilterOperator } from '../../../shared/contracts/wire.ts';
import type { Catalogue } from '../../../shared/kernel/catalogue.ts';
import { addDays, type Day } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { FieldPlace, FieldPlaces } from './fieldPlaces.ts';
import { bindingFor, bindingsFor, daysFor, operatorsOf, patternFor } from './filterValues.ts';

/** A condition with its values apart from it, as knex's whereRaw takes it. */
export interface Condition {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}

const depthMax = 8;
const conditionsMax = 100;

export interface FilterSetting {
  readonly catalogue: Catalogue;
  readonly definition: Definition;
  readonly places: FieldPlaces;
  readonly today: Day;
}

/**
 * The condition a filter means. A record that holds nothing in a field is not equal, not contained, not less: what a
 * condition leaves out, its opposite finds. Refuses 'list.unknownField', 'list.unknownOperator' {field, operator},
 * 'list.badValue' {field}, 'list.badText' and 'list.tooComplex'.
 */
export function conditionFor(filter: Filter, setting: FilterSetting): Condition {
  const budget = { left: conditionsMax };
  return compile(filter, setting, depthMax, budget);
}

function compile(filter: Filter, setting: FilterSetting, depth: number, budget: { left: number }): Condition {
  budget.left -= 1;
  if (depth === 0 || budget.left < 0) throw new Refusal('list.tooComplex', { depth: depthMax, conditions: conditionsMax });
  const inner = (one: Filter): Condition => compile(one, setting, depth - 1, budget);
  if ('all' in filter) return joined(filter.all.map(inner), ' and ', '1 = 1');
  if ('any' in filter) return joined(filter.any.map(inner), ' or ', '1 = 0');
  if ('not' in filter) {
    const { sql, bindings } = inner(filter.not);
    return { sql: `((${sql}) is not true)`, bindings };
  }
  return fieldCondition(filter, setting);
}

function joined(conditions: readonly Condition[], word: string, empty: string): Condition {
  if (conditions.length === 0) return { sql: empty, bindings: [] };
  return { sql: `(${conditions.map((one) => one.sql).join(word)})`, bindings: conditions.flatMap((one) => one.bindings) };
}

type FieldFilter = Extract<Filter, { field: string }>;

function fieldCondition(filter: FieldFilter, setting: FilterSetting): Condition {
  const place = setting.places.find(filter.field);
  if (!operatorsOf(place.field).includes(filter.is)) {
    throw new Refusal('list.unknownOperator', { field: place.path, operator: String(filter.is).slice(0, 40) });
  }
  const condition = conditionAt(place, filter, setting);
  if (!place.partTable) return condition;
  return {
    sql: `exists (select 1 from ?? where ?? = ?? and ${condition.sql})`,
    bindings: [place.partTable, `${place.partTable}.parent`, `${tableOf(setting.definition)}.id`, ...condition.bindings],
  };
}

function conditionAt(place: FieldPlace, filter: FieldFilter, setting: FilterSetting): Condition {
  if (filter.is === 'under') return branchCondition(place, filter, setting);
  if (filter.is === 'olderThan') {
    return { sql: '?? < ?', bindings: [place.column, addDays(setting.today, -daysFor(place, filter.value))] };
  }
  if (filter.is === 'comesRoundWithin') return comingRound(place, setting.today, daysFor(place, filter.value));
  return plainCondition(place, filter);
}

/** Month and day of a date lie between today's and those of a later day; over the turn of the year they lie outside of the rest. */
function comingRound({ column }: FieldPlace, today: Day, days: number): Condition {
  if (days >= 365) return { sql: '?? is not null', bindings: [column] };
  const [from, to] = [today.slice(5), addDays(today, days).slice(5)];
  const word = from <= to ? 'and' : 'or';
  return { sql: `(substr(??, 6) >= ? ${word} substr(??, 6) <= ?)`, bindings: [column, from, column, to] };
}

const comparisons: Readonly<Partial<Record<FilterOperator, string>>> = {
  equal: '=',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
};

function plainCondition(place: FieldPlace, { is, value }: FieldFilter): Condition {
  const { column } = place;
  const comparison = comparisons[is];
  if (comparison) return { sql: `?? ${comparison} ?`, bindings: [column, bindingFor(place, value)] };
  switch (is) {
    case 'notEqual':
      return { sql: '(?? <> ? or ?? is null)', bindings: [column, bindingFor(place, value), column] };
    case 'in': {
      const values = bindingsFor(place, value);
      return values.length === 0
        ? { sql: '1 = 0', bindings: [] }
        : { sql: `?? in (${values.map(() => '?').join(', ')})`, bindings: [column, ...values] };
    }
    case 'between':
      return { sql: '?? between ? and ?', bindings: [column, ...bindingsFor(place, value, 2)] };
    case 'contains':
      return { sql: "lower(??) like ? escape '!'", bindings: [column, `%${patternFor(place, value)}%`] };
    case 'startsWith':
      return { sql: "lower(??) like ? escape '!'", bindings: [column, `${patternFor(place, value)}%`] };
    case 'empty':
      return isText(place) ? { sql: "(?? is null or ?? = '')", bindings: [column, column] } : { sql: '?? is null', bindings: [column] };
    default:
      return isText(place) ? { sql: "?? <> ''", bindings: [column] } : { sql: '?? is not null', bindings: [column] };
  }
}

const isText = (place: FieldPlace): boolean => place.field.kind === 'text' || place.field.kind === 'note';

/** The branch of a tree and everything below it; a circle in the data ends the walk instead of going round. */
function branchCondition(place: FieldPlace, filter: FieldFilter, { catalogue, definition }: FilterSetting): Condition {
  const target = place.path === 'id' ? definition : place.field.kind === 'link' ? catalogue.get(place.field.to) : undefined;
  if (!target?.tree) throw new Refusal('list.unknownOperator', { field: place.path, operator: filter.is });
  const table = tableOf(target);
  return {
    sql: '?? in (with recursive branch(id) as (select cast(? as bigint) union select ??.id from ?? join branch on ?? = branch.id) select id from branch)',
    bindings: [place.column, bindingFor(place, filter.value), table, table, `${table}.${columnOf(target.tree.parent)}`],
  };
}
