import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import { tellPeople } from '../../access/notices.ts';
import { holdersOf } from '../../access/people.ts';
import { listenTo } from '../../engine/effects.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';

/**
 * Tells everybody who writes quotations of new products and of new list prices, where the company wants it. Of one product there
 * is one unread notice at most, and a day with many of them (an import) fills nobody's bell.
 */
export function offerItemNews(): void {
  listenTo('item', async (work, definition, event) => {
    if (event.kind !== 'stored') return;
    const code = newsIn(event.record, event.before);
    if (code && (await parameterOf<boolean>(work, 'parameter.itemNotices'))) await announce(work, definition, event.record, code);
  });
}

function newsIn(item: AnyRecord, before: AnyRecord | null): string | null {
  if (item.values.stopped) return null;
  if (before === null) return 'notice.newItem';
  const { grossPrice } = item.values;
  return grossPrice !== null && grossPrice !== before.values.grossPrice ? 'notice.newPrice' : null;
}

// More than anybody reads in a day.
const noticesMax = 20;

async function announce(work: Work, definition: Definition, item: AnyRecord, code: string): Promise<void> {
  const facts = {
    title: String(item.values[definition.title] ?? ''),
    ...(code === 'notice.newPrice' ? { price: Number(item.values.grossPrice) } : {}),
  };
  const about = { code, type: definition.type };
  const rows = (await work
    .tx('notices')
    .where(about)
    .where('at', '>=', work.today)
    .whereNull('read_at')
    .groupBy('user')
    .select('user')
    .count({ count: '*' })) as { user: number; count: number }[];
  const full = new Set(rows.filter(({ count }) => Number(count) >= noticesMax).map(({ user }) => user));
  await work.tx('notices').where({ type: definition.type, record_id: item.id, code }).whereNull('read_at').delete();
  const told = (await salesPeople(work)).filter((user) => user !== work.actor.userId && !full.has(user));
  await tellPeople(work.tx, told, { at: work.now, code, facts, about: { type: definition.type, id: item.id } });
}

/** Those who write quotations and see sales prices. */
function salesPeople(work: Work): Promise<number[]> {
  const selling = work.tx('position_grants').where({ type: 'quotation', operation: 'create' }).whereNot('scope', 'none').select('parent');
  const seeing = work.tx('position_special_rights').where({ right: 'see.salesPrice' }).select('parent');
  return holdersOf(work.tx, (positions) => positions.whereIn('id', selling).whereIn('id', seeing));
}
