import { decimalsKey } from '../../shared/contracts/parameters.ts';
import type { RecordDraft } from '../../shared/kernel/checkRecord.ts';
import { type DecimalLimits, tooManyDecimals } from '../../shared/kernel/decimals.ts';
import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { settingOf } from './settings.ts';

/** How many decimals the company wants in records of the type. */
export async function decimalLimitsOf(work: Work, type: string): Promise<DecimalLimits> {
  const chosen = async (kind: keyof DecimalLimits) =>
    ((await settingOf(work, decimalsKey(type, kind))) as number | null | undefined) ?? null;
  return { price: await chosen('price'), quantity: await chosen('quantity') };
}

/** Refuses 'record.invalid' with 'field.tooManyDecimals' {max} wherever more was entered than the company wants; nothing is rounded. */
export async function refuseTooManyDecimals(work: Work, definition: Definition, draft: RecordDraft, before?: AnyRecord): Promise<void> {
  const refusals = tooManyDecimals(definition, draft, await decimalLimitsOf(work, definition.type), before);
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
}
