import type { Filter, FilterOperator } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';

/** One line or one bracket of the filter as it is being built; lines may still be incomplete. */
export type FilterNode = FilterGroup | FilterLine;
export interface FilterGroup {
  id: number;
  join: 'all' | 'any';
  nodes: FilterNode[];
}
export interface FilterLine {
  id: number;
  field: string;
  is: FilterOperator;
  value: Value | Value[];
}

export const isGroup = (node: FilterNode): node is FilterGroup => 'nodes' in node;

let lastId = 0;
export const newLine = (field: string, is: FilterOperator): FilterLine => ({ id: ++lastId, field, is, value: null });
export const newGroup = (join: 'all' | 'any', nodes: FilterNode[] = []): FilterGroup => ({ id: ++lastId, join, nodes });

/** What can be asked of a field of each kind; the first is offered first. */
export function operatorsFor(field: Field): FilterOperator[] {
  switch (field.kind) {
    case 'text':
    case 'note':
      return ['contains', 'equal', 'notEqual', 'startsWith', 'empty', 'filled'];
    case 'flag':
      return ['equal'];
    case 'choice':
    case 'dictionary':
      return ['in', 'empty', 'filled'];
    case 'link':
      return ['in', 'empty', 'filled'];
    case 'file':
    case 'picture':
      return ['empty', 'filled'];
    case 'day':
      return ['between', 'equal', 'lessOrEqual', 'greaterOrEqual', 'olderThan', 'comesRoundWithin', 'empty', 'filled'];
    default:
      return ['greaterOrEqual', 'lessOrEqual', 'equal', 'notEqual', 'between', 'empty', 'filled'];
  }
}

export const needsValue = (is: FilterOperator): boolean => is !== 'empty' && is !== 'filled';

/** Conditions of a day that speak of so many days instead. */
export const countsDays = (is: FilterOperator): boolean => is === 'olderThan' || is === 'comesRoundWithin';

/** The filter of a tree, without lines that are not filled in; null when nothing is left. */
export function filterOf(node: FilterNode): Filter | null {
  if (!isGroup(node))
    return isComplete(node) ? { field: node.field, is: node.is, ...(needsValue(node.is) ? { value: node.value } : {}) } : null;
  const filters = node.nodes.map(filterOf).filter((filter) => filter !== null);
  if (filters.length === 0) return null;
  return node.join === 'all' ? { all: filters } : { any: filters };
}

/** The tree of a filter; what the builder cannot show (a `not`) stands as a bracket of its own. */
export function treeOf(filter: Filter | null): FilterGroup {
  if (filter === null) return newGroup('all');
  const node = nodeOf(filter);
  return isGroup(node) ? node : newGroup('all', [node]);
}

function nodeOf(filter: Filter): FilterNode {
  if ('all' in filter) return newGroup('all', filter.all.map(nodeOf));
  if ('any' in filter) return newGroup('any', filter.any.map(nodeOf));
  if ('not' in filter) return newGroup('all', [nodeOf(filter.not)]);
  return { id: ++lastId, field: filter.field, is: filter.is, value: filter.value ?? null };
}

/** How many conditions a filter has. */
export function conditionCount(filter: Filter | null): number {
  if (filter === null) return 0;
  if ('all' in filter) return filter.all.reduce((sum, one) => sum + conditionCount(one), 0);
  if ('any' in filter) return filter.any.reduce((sum, one) => sum + conditionCount(one), 0);
  return 'not' in filter ? conditionCount(filter.not) : 1;
}

function isComplete({ is, value }: FilterLine): boolean {
  if (!needsValue(is)) return true;
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => one !== null && one !== '');
  return value !== null && value !== '';
}

/** The tree with one node replaced, or taken out where `change` gives null. */
export function replaceNode(group: FilterGroup, id: number, change: (node: FilterNode) => FilterNode | null): FilterGroup {
  const nodes = group.nodes.flatMap((node) => {
    if (node.id === id) {
      const next = change(node);
      return next === null ? [] : [next];
    }
    return [isGroup(node) ? replaceNode(node, id, change) : node];
  });
  return { ...group, nodes };
}
