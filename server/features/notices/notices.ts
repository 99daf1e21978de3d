import type { NoticesAnswer } from '../../../shared/contracts/trade.ts';
import type { Facts } from '../../../shared/kernel/refusal.ts';
import type { Work } from '../../work.ts';

interface NoticeRow {
  id: number;
  at: string;
  code: string;
  facts: string;
  type: string | null;
  record_id: number | null;
  read_at: string | null;
}

/** The own notices, the newest first, and how many are unread. */
export async function listNotices(work: Work, query: { after?: number | undefined; limit?: number | undefined }): Promise<NoticesAnswer> {
  const limit = Math.min(500, query.limit ?? 50);
  const own = work.tx('notices').where({ user: work.actor.userId });
  const unread = (await own.clone().whereNull('read_at').first(work.tx.raw('count(*) as count'))) as { count: number };
  if (query.after !== undefined) own.where('id', '<', query.after);
  const found = (await own.orderBy('id', 'desc').limit(limit + 1)) as NoticeRow[];
  const shown = found.slice(0, limit);
  return {
    rows: shown.map((row) => ({
      id: row.id,
      at: row.at,
      code: row.code,
      facts: JSON.parse(row.facts) as Facts,
      type: row.type,
      record: row.record_id,
      readAt: row.read_at,
    })),
    unread: unread.count,
    next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Marks own notices as read: the named ones, or all up to one. Others' notices are left as they are. */
export async function readNotices(work: Work, which: { ids?: readonly number[] | undefined; upTo?: number | undefined }): Promise<void> {
  const query = work.tx('notices').where({ user: work.actor.userId }).whereNull('read_at');
  if (which.upTo !== undefined) query.where('id', '<=', which.upTo);
  else query.whereIn('id', [...(which.ids ?? [])]);
  await query.update({ read_at: work.now });
}
