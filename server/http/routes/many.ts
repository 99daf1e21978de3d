import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { RecordResult } from '../../access/sharing.ts';
import type { Company } from '../../work.ts';
import { noteRefusal } from '../refusalTrail.ts';
import type { Ask } from '../route.ts';

/** The definition a body names. Refuses 'record.notFound'. */
export function definitionNamed(company: Company, type: string): Definition {
  const found = company.catalogue.find(type);
  if (!found) throw new Refusal('record.notFound', { type });
  return found;
}

/** Records of many that were not the actor's to give away stand in the audit trail like a request that was refused as a whole. */
export async function noteRefusedOnes(ask: Ask<unknown, unknown>, type: string, results: readonly RecordResult[]): Promise<void> {
  for (const result of results) {
    if (result.ok) continue;
    const { code, facts } = result.problem;
    await noteRefusal(ask.server, new Refusal(code, facts), { ...ask, route: ask.path, type, id: result.id });
  }
}
