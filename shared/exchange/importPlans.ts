import type { Definition } from '../kernel/definition.ts';
import { customerImport } from './customerImport.ts';
import { type ImportColumn, type ImportPlan, plainPlan } from './importPlan.ts';
import { itemImport } from './itemImport.ts';

const plans: readonly ImportPlan[] = [customerImport, itemImport];

/**
 * How rows become records of the definition: the plan written for it, with the fields it does not speak of behind it, or the
 * plain one. Null for documents, which are not imported.
 */
export function importPlanOf(definition: Definition): ImportPlan | null {
  if (definition.kind !== 'record') return null;
  const plain = plainPlan(definition);
  const plan = plans.find((one) => one.type === definition.type);
  if (!plan) return plain;
  const rest = plain.columns.filter(({ target }) => !plan.columns.some((column) => column.target === target));
  return { ...plan, columns: [...plan.columns, ...rest.map((column): ImportColumn => ({ ...column, beyondTemplate: true }))] };
}
