import { hash } from 'node:crypto';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { countOf, rowsOf } from '../database/rows.ts';
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
    const asked = hash('sha256', JSON.stringify([ask.path, ask.body ?? null]));
    const mine = { actor: ask.actor.userId, key };
    const taken = await rowsOf(work.tx, taking, [mine.actor, mine.key, asked, work.now]);
    if (taken.length === 0) return firstAnswer<T>(work, mine, asked);
    const answer = await run(work);
    await countOf(work.tx, answering, [JSON.stringify(answer), mine.actor, mine.key]);
    return answer;
  });
}

const taking =
  'insert into "idempotency_keys" ("actor", "key", "request_hash", "status", "answer", "at") values (?, ?, ?, 0, \'\', ?) ' +
  'on conflict ("actor", "key") do nothing returning "key"';
const answering = 'update "idempotency_keys" set "status" = 200, "answer" = ? where "actor" = ? and "key" = ?';

async function firstAnswer<T>(work: Work, mine: { actor: number; key: string }, asked: string): Promise<T> {
  const row = (await work.tx('idempotency_keys').where(mine).first('request_hash', 'answer')) as { request_hash: string; answer: string };
  if (row.request_hash !== asked) throw new Refusal('idempotency.otherBody');
  return JSON.parse(row.answer) as T;
}
