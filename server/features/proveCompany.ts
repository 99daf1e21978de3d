import { systemActor } from '../access/rights.ts';
import { proveAudit } from '../engine/audit.ts';
import { look } from '../engine/transact.ts';
import { type Finding, proveLedgers } from '../ledger/prove.ts';
import { proveFlows } from '../ledger/proveFlows.ts';
import type { Company } from '../work.ts';
import { proveOnOrder } from './purchase/proveOnOrder.ts';

/** Everything that can be proven about a company, on one snapshot; an empty list is the proof. */
export const proveCompany = (company: Company): Promise<Finding[]> =>
  look(company, systemActor(company), async (work) => [
    ...(await proveLedgers(work)),
    ...(await proveFlows(work)),
    ...(await proveOnOrder(work)),
    ...(await proveAudit(work)),
  ]);
