import { systemActor } from '../access/rights.ts';
import { proveAudit } from '../engine/audit.ts';
import { look } from '../engine/transact.ts';
import { allFindings, type Finding, ledgerProofs, type Proof, readHere } from '../ledger/prove.ts';
import { flowProofs } from '../ledger/proveFlows.ts';
import type { Company } from '../work.ts';
import { proveOnOrder } from './purchase/proveOnOrder.ts';

/**
 * Proves ledgers, flows, what is on order and the audit trail of a company, on one snapshot; an empty list is the proof. `told` hears
 * which share is done.
 */
export const proveCompany = (company: Company, told?: (share: number) => void): Promise<Finding[]> =>
  look(company, systemActor(company), async (work) => {
    const rest: Proof[] = [() => proveOnOrder(work), () => proveAudit(work)];
    return allFindings([...ledgerProofs(work), ...flowProofs(work), ...rest], readHere, told);
  });
