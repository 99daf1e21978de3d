import type { OwnSecondStep, SecurityKeyLine } from '../../../shared/contracts/secondStep.ts';
import type { Instant } from '../../../shared/kernel/days.ts';
import { safetyOf } from '../../access/safety.ts';
import { isRequiredOf } from '../../access/secondStep/demand.ts';
import { refusePrograms } from '../../access/tokens.ts';
import type { Work } from '../../work.ts';

/** The second step of the person who asks; `mark` is that of the server's seal, null where it has none. */
export async function ownSecondStep(work: Work, mark: string | null): Promise<OwnSecondStep> {
  const { tx, actor, company } = work;
  refusePrograms(actor);
  const user = actor.userId;
  const { secondStep: rule } = await safetyOf(company);
  const code = (await tx('code_secrets').where({ user }).first('since', 'key_mark')) as { since: Instant; key_mark: string } | undefined;
  const recovery = (await tx('recovery_codes').where({ user }).select('key_mark')) as { key_mark: string }[];
  return {
    mode: rule.mode,
    isRequired: await isRequiredOf(tx, rule, user),
    codeSince: code?.since ?? null,
    keys: await keysOf(work, user),
    mayHaveKeys: actor.special.has('securityKeys.own'),
    recoveryLeft: recovery.length,
    isSealedElsewhere: [...(code ? [code] : []), ...recovery].some(({ key_mark }) => key_mark !== mark),
  };
}

async function keysOf({ tx }: Work, user: number): Promise<SecurityKeyLine[]> {
  const rows = (await tx('security_keys').where({ user }).orderBy('id').select('id', 'name', 'host', 'created_at', 'last_used_at')) as {
    id: number;
    name: string;
    host: string;
    created_at: Instant;
    last_used_at: Instant | null;
  }[];
  return rows.map(({ id, name, host, created_at, last_used_at }) => ({ id, name, host, createdAt: created_at, lastUsedAt: last_used_at }));
}
