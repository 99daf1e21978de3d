import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { refuseWrongPassword } from '../changePassword.ts';
import { safetyOf } from '../safety.ts';
import { heldUp } from '../signIn.ts';
import { forgetTries, secondStepKnock } from '../throttle.ts';
import { spendCode } from './codes.ts';
import type { Seal } from './sealing.ts';

/** What somebody who sits at an open session shows to prove that it is theirs. */
export interface OwnProof {
  readonly userId: number;
  readonly password: string;
  /** A code of the app or a recovery code; undefined where the password is enough. */
  readonly code: string | undefined;
  readonly address: string;
}

/**
 * Whether the person who sits there knows the password and holds the second step. Refuses what refuseWrongPassword refuses, then
 * 'secondStep.wrong', 'secondStep.used' and 'secondStep.sealedElsewhere', and after too many tries what signing in refuses.
 */
export async function refuseUnproven(company: Company, seal: Seal, { userId, password, code, address }: OwnProof): Promise<void> {
  await refuseWrongPassword(company, { userId, password, address });
  if (code === undefined) return;
  const safety = await safetyOf(company);
  const outcome = await company.store.write(async (tx) => {
    const { login } = (await tx('users').where({ id: userId }).first('login')) as { login: string };
    const knock = secondStepKnock(login, address);
    const held = await heldUp(tx, company, knock, safety);
    if (held) return held.refusal;
    const result = await spendCode(tx, seal, { user: userId, code, nowMs: clock.now() });
    if (result === 'right') await forgetTries(tx, knock);
    return result;
  });
  if (outcome instanceof Refusal) throw outcome;
  if (outcome === 'wrong') throw new Refusal('secondStep.wrong');
  if (outcome === 'used') throw new Refusal('secondStep.used');
  if (outcome === 'sealed') throw new Refusal('secondStep.sealedElsewhere');
}
