import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { challengeLifeMs } from '../../../shared/contracts/devices.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { hashOf } from '../sessions.ts';

// Far more than devices that are asked within a minute, here and behind one address; whoever asks for more throws out their own oldest first.
const openMax = 10_000;
const openMaxEach = 1_000;

/**
 * A question that a device answers by signing it: 32 random bytes, good for one answer within a minute. Its hash lies in the database,
 * so that any process of a company may take the answer.
 */
export async function newChallenge(tx: Knex, address: string, nowMs: number): Promise<string> {
  const challenge = randomBytes(32).toString('base64url');
  await tx('device_challenges').where('until_at', '<=', instantOf(nowMs)).delete();
  await makeRoom(() => tx('device_challenges').where({ address }), openMaxEach);
  await makeRoom(() => tx('device_challenges'), openMax);
  await tx('device_challenges').insert({ hash: hashOf(challenge), until_at: instantOf(nowMs + challengeLifeMs), address });
  return challenge;
}

async function makeRoom(among: () => Knex.QueryBuilder, most: number): Promise<void> {
  const [oldest] = (await among()
    .orderBy('id', 'desc')
    .offset(most - 1)
    .limit(1)
    .pluck('id')) as number[];
  if (oldest !== undefined) await among().where('id', '<=', oldest).delete();
}

/** Uses a challenge up; false for an old one, one that was used, and one that nobody was asked. */
export async function takeChallenge(tx: Knex, challenge: string, nowMs: number): Promise<boolean> {
  const count = await tx('device_challenges')
    .where({ hash: hashOf(challenge) })
    .where('until_at', '>', instantOf(nowMs))
    .delete();
  return count === 1;
}
