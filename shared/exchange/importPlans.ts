import type { Definition } from '../kernel/definition.ts';
import { customerImport } from './customerImport.ts';
import { type ImportPlan, plainPlan } from './importPlan.ts';
import { itemImport } from './itemImport.ts';

const plans: readonly ImportPlan[] = [customerImport, itemImport];

/** How rows become records of the definition: the plan written for it, or the plain one. Null for documents, which are not imported. */
export function importPlanOf(definition: Definition): ImportPlan | null {
  const plan = plans.find((one) => one.type === definition.type);
  return plan ?? (definition.kind === 'record' ? plainPlan(definition) : null);
}
