import { createHash } from 'node:crypto';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { transact } from '../engine/transact.ts';
import type { Work } from '../work.ts';
import type { Ask } from './route.ts';

/**
 * Runs a creating request in one transaction together with its idempotency key: the same key answers with the first result,
 * also after a restart; the same key with another body is refused ('idempotency.otherBody').
 */
export function once<T>(ask: Ask<unknown, unknown>, run: (work: Work) => Promise<T>): Promise<T> {
  return transact(ask.company, ask.actor, async (work) => {
    const key = ask.idempotencyKey;
    if (!key) return run(work);
    const hash = createHash('sha256')
      .update(JSON.stringify([ask.path, ask.body ?? null]))
      .digest('hex');
    const mine = { actor: ask.actor.userId, key };
    const taken = await work
      .tx('idempotency_keys')
      .insert({ ...mine, request_hash: hash, status: 0, answer: '', at: work.now })
      .onConflict(['actor', 'key'])
      .ignore()
      .returning('key');
    if (taken.length === 0) return firstAnswer<T>(work, mine, hash);
    const answer = await run(work);
    await work
      .tx('idempotency_keys')
      .where(mine)
      .update({ status: 200, answer: JSON.stringify(answer) });
    return answer;
  });
}

async function firstAnswer<T>(work: Work, mine: { actor: number; key: string }, hash: string): Promise<T> {
  const row = (await work.tx('idempotency_keys').where(mine).first('request_hash', 'answer')) as { request_hash: string; answer: string };
  if (row.request_hash !== hash) throw new Refusal('idempotency.otherBody');
  return JSON.parse(row.answer) as T;
}
