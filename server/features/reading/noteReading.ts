import { clockTimeOf, type Day, dayOf, instantOf } from '../../../shared/kernel/days.ts';
import { clock } from '../../clock.ts';
import type { Actor, Company, Work } from '../../work.ts';

/** Whose opening is counted. */
const counted: readonly string[] = ['customer', 'contact'];
// One write for all that was read meanwhile, and not one for each.
const keptMs = 60_000;

/** What somebody has opened in a day; the counts are what is not written down yet. */
interface Reader {
  readonly day: Day;
  readonly seen: Set<string>;
  opened: number;
  atNight: number;
}

interface Kept {
  readonly readers: Map<number, Reader>;
  writtenMs: number;
}

const kept = new WeakMap<Company, Kept>();

/**
 * Counts that somebody opened a record: each customer and contact once a day, under the name of whoever really looks. What was
 * opened before a restart may count once more. Kept in memory and written once a minute by whoever opens the next one.
 */
export async function noteOpened(company: Company, actor: Actor, type: string, id: number): Promise<void> {
  if (!counted.includes(type)) return;
  const nowMs = clock.now();
  const now = instantOf(nowMs);
  const known = keptOf(company, nowMs);
  const day = dayOf(now, company.timeZone);
  const user = actor.viewedBy?.id ?? actor.userId;
  const before = known.readers.get(user);
  if (before && before.day !== day) await writeReadings(company);
  const reader = before?.day === day ? before : { day, seen: new Set<string>(), opened: 0, atNight: 0 };
  known.readers.set(user, reader);
  const key = `${type}:${id}`;
  if (!reader.seen.has(key)) {
    reader.seen.add(key);
    reader.opened += 1;
    if (isNight(clockTimeOf(now, company.timeZone))) reader.atNight += 1;
  }
  if (Math.abs(nowMs - known.writtenMs) >= keptMs) await writeReadings(company);
}

function keptOf(company: Company, nowMs: number): Kept {
  const known = kept.get(company) ?? { readers: new Map<number, Reader>(), writtenMs: nowMs };
  kept.set(company, known);
  return known;
}

const isNight = (time: string): boolean => time >= '22:00' || time < '06:00';

/** Writes down what this process has counted. Whoever only reads is not stopped by a disk that takes no writes: it is tried again. */
export async function writeReadings(company: Company): Promise<void> {
  const known = keptOf(company, clock.now());
  known.writtenMs = clock.now();
  const fresh = [...known.readers].flatMap(([user, reader]) => {
    const { day, opened, atNight } = reader;
    // Taken off at once, so that what is opened while this is being written counts on.
    Object.assign(reader, { opened: 0, atNight: 0 });
    return opened > 0 ? [{ user, reader, day, opened, atNight }] : [];
  });
  if (fresh.length === 0) return;
  try {
    await company.store.write(async (tx) => {
      for (const { user, day, opened, atNight } of fresh) await addTo(tx, { user, day }, { opened, at_night: atNight });
    });
  } catch (fault) {
    for (const { reader, opened, atNight } of fresh) {
      reader.opened += opened;
      reader.atNight += atNight;
    }
    company.report(fault);
  }
}

/** Counts rows that somebody takes out of the house, in the transaction that puts it on record. Gives how many these are since midnight. */
export const noteRowsOut = async (work: Work, rows: number): Promise<number> =>
  (await addTo(work.tx, { user: work.actor.userId, day: work.today }, { exported: rows })).exported;

type Count = 'opened' | 'at_night' | 'exported';

/** Gives what is written down afterwards. */
async function addTo(
  tx: Work['tx'],
  whose: { user: number; day: Day },
  counts: Partial<Record<Count, number>>,
): Promise<Record<Count, number>> {
  const more = Object.entries(counts).map(([name, count]) => [name, tx.raw('?? + ?', [`readings.${name}`, count])]);
  const [stored] = (await tx('readings')
    .insert({ ...whose, opened: 0, at_night: 0, exported: 0, ...counts })
    .onConflict(['user', 'day'])
    .merge(Object.fromEntries(more))
    .returning(['opened', 'at_night', 'exported'])) as Record<Count, number>[];
  if (!stored) throw new Error(`no reading of user ${whose.user} was written down`);
  return stored;
}
