import { catalogue } from '../../../../shared/catalogue.ts';
import type { Filter } from '../../../../shared/contracts/wire.ts';
import { linksOf, type Value } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { isGiven } from '../form/input.ts';
import type { PickContext } from './usePickRows.ts';

export interface PickRule {
  /** The type of record that is chosen. */
  to: string;
  /** The chosen record has a page worth going to. */
  linked: boolean;
  filter?: Filter;
  context?: PickContext;
}

/** Which records a field may point to, given what stands beside it: entries of its dictionary, children of the parent chosen already. */
export function pickRuleOf(field: Field, beside: Readonly<Record<string, Value | undefined>>): PickRule | null {
  const [found] = linksOf({ field });
  if (!found) return null;
  const to = found[1].to;
  const filters: Filter[] = [];
  if (field.kind === 'dictionary') filters.push({ field: 'dictionary', is: 'equal', value: field.dictionary });
  const target = catalogue.find(to);
  if (target?.visibility.by === 'parent') {
    const parent = beside[target.visibility.through];
    if (isGiven(parent)) filters.push({ field: target.visibility.through, is: 'equal', value: parent });
  }
  const filter = filters.length > 1 ? { all: filters } : filters[0];
  const { customer, warehouse } = beside;
  const context = { ...(typeof customer === 'number' ? { customer } : {}), ...(typeof warehouse === 'number' ? { warehouse } : {}) };
  return { to, linked: field.kind === 'link', ...(filter ? { filter } : {}), ...(Object.keys(context).length > 0 ? { context } : {}) };
}
