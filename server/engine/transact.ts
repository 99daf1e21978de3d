import type { Knex } from 'knex';
import { dayOf, instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import { failpoint } from '../failpoints.ts';
import type { Actor, Company, Work } from '../work.ts';

/**
 * Runs a unit of work in one write transaction. What it hands to `afterCommit` (sockets, prints, notices) runs only when
 * the transaction is committed, and never rolls it back: an announcement that fails is reported, not thrown. Refuses
 * 'access.viewingOnly' to whoever looks in somebody else's name.
 */
export async function transact<T>(company: Company, actor: Actor, run: (work: Work) => Promise<T>): Promise<T> {
  if (actor.viewedBy) throw new Refusal('access.viewingOnly');
  let announcements: (() => void | Promise<void>)[] = [];
  const result = await company.store.write(async (tx) => {
    // A retried transaction starts with nothing to announce.
    announcements = [];
    const done = await run(workOn(company, actor, tx, { readOnly: false, announcements }));
    failpoint('before-commit');
    return done;
  });
  failpoint('after-commit-before-answer');
  for (const announce of announcements) {
    try {
      await announce();
    } catch (fault) {
      company.report(fault);
    }
  }
  return result;
}

/** Runs a unit of work on one consistent snapshot; it cannot write. */
export function look<T>(company: Company, actor: Actor, run: (work: Work) => Promise<T>): Promise<T> {
  return company.store.read((tx) => run(workOn(company, actor, tx, { readOnly: true, announcements: [] })));
}

/** A unit of work inside a transaction that somebody else has begun and ends. */
export const workIn = (company: Company, actor: Actor, tx: Knex): Work =>
  workOn(company, actor, tx, { readOnly: false, announcements: [] });

function workOn(company: Company, actor: Actor, tx: Knex, of: { readOnly: boolean; announcements: (() => void | Promise<void>)[] }): Work {
  const now = instantOf(clock.now());
  return {
    company,
    actor,
    tx,
    now,
    today: dayOf(now, company.timeZone),
    readOnly: of.readOnly,
    afterCommit: (announce) => of.announcements.push(announce),
  };
}
