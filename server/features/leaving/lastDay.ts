import { addDays, type Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import { administratorsHere } from '../../access/people.ts';
import { systemActor } from '../../access/rights.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { type Event, listenTo } from '../../engine/effects.ts';
import { lock } from '../../engine/load.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { tellThose } from '../notices/tell.ts';

/** Whoever is responsible for a person hears when their last day is set or they have left: what they answer for is to be handed over. */
export function offerLeavingNotices(): void {
  listenTo('user', async (work, definition, event: Event) => {
    if (event.kind === 'stored' && isNews(event.before, event.record)) await tellOfLeaving(work, definition, event.record);
  });
}

const isNews = (before: AnyRecord | null, { values }: AnyRecord): boolean =>
  (values.employment === 'left' && before?.values.employment === 'employed') ||
  (values.employment === 'employed' && Boolean(values.leftOn) && before?.values.leftOn !== values.leftOn);

async function tellOfLeaving(work: Work, definition: Definition, user: AnyRecord): Promise<void> {
  const head = (await work.tx('departments').where({ id: user.values.department }).first('head')) as { head: number | null } | undefined;
  const heads = [user.values.superior, head?.head].filter((id): id is number => typeof id === 'number');
  const told = [...new Set([...heads, ...(await administratorsLeft(work, user.id))])];
  const day = (user.values.leftOn ?? work.today) as Day;
  const facts = { name: String(user.values.name), day };
  await tellThose(
    work,
    told
      .filter((id) => id !== user.id && id !== work.actor.userId)
      .map((id) => ({ user: id, code: 'notice.leaving', facts, definition, record: user.id })),
  );
}

/**
 * Ends the employment of whoever's last day is over, as if somebody had set it: sessions end, nobody signs in any more. The last
 * administrator stays. Gives how many there were.
 */
export async function endEmployments(company: Company): Promise<number> {
  const due = await look(company, systemActor(company), (work) => overSince(work));
  let ended = 0;
  for (const id of due) {
    ended += await transact(company, systemActor(company), async (work) => {
      const definition = work.company.catalogue.get('user');
      const user = await lock(work, definition, id);
      if (!(await overSince(work)).includes(id) || (await administratorsLeft(work, id)).length === 0) return 0;
      await storeChange(work, definition, user, { ...user, values: { ...user.values, employment: 'left' } }, 'change');
      return 1;
    });
  }
  return ended;
}

const overSince = async (work: Work): Promise<number[]> =>
  (await work
    .tx('users')
    .where({ employment: 'employed' })
    .whereNull('deleted_at')
    .where('left_on', '<=', addDays(work.today, -1))
    .orderBy('id')
    .pluck('id')) as number[];

/** The administrators who work here, without one. */
async function administratorsLeft(work: Work, without: number): Promise<number[]> {
  return (await administratorsHere(work.tx)).filter((id) => id !== without);
}
