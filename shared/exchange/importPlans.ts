import type { Definition } from '../kernel/definition.ts';
import { customerImport } from './customerImport.ts';
import { isImportable } from './importable.ts';
import { type ImportColumn, type ImportPlan, plainPlan } from './importPlan.ts';
import { itemImport } from './itemImport.ts';
import { openingBalanceImport, openingCashImport, openingPayableImport, openingStockImport } from './openingImports.ts';
import { supplierImport } from './supplierImport.ts';

const plans: readonly ImportPlan[] = [
  customerImport,
  supplierImport,
  itemImport,
  openingStockImport,
  openingBalanceImport,
  openingPayableImport,
  openingCashImport,
];

/**
 * How rows become records of the definition: the plan written for it, with the fields it does not speak of behind it, or the
 * plain one. Null for documents that are not imported.
 */
export function importPlanOf(definition: Definition): ImportPlan | null {
  if (!isImportable(definition)) return null;
  const plan = plans.find((one) => one.type === definition.type);
  if (plan?.document) return plan;
  const plain = plainPlan(definition);
  if (!plan) return plain;
  const rest = plain.columns.filter(({ target }) => !plan.columns.some((column) => column.target === target));
  return { ...plan, columns: [...plan.columns, ...rest.map((column): ImportColumn => ({ ...column, beyondTemplate: true }))] };
}
