import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, daysBetween } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { systemActor } from '../../access/rights.ts';
import { tableOf } from '../../database/tables.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { load, lock } from '../../engine/load.ts';
import { takeStep } from '../../engine/takeStep.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { type Notice, tellThose } from '../notices/tell.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { type StatusCode, statusCodes, withStatus } from './customerLife.ts';

// Small, so that people who are saving come between.
const recordsAtOnce = 50;
const pauseMs = 5;

/**
 * Does pieces in transactions of their own until one has nothing more to do. A piece begins behind the last record of the one before
 * and gives the records it has done something with, in the order of their ids. Gives how many these were.
 */
async function inPieces(
  company: Company,
  signal: AbortSignal,
  piece: (work: Work, after: number) => Promise<readonly number[]>,
): Promise<number> {
  let done = 0;
  let after = 0;
  while (!signal.aborted) {
    const ids = await transact(company, systemActor(company), (work) => piece(work, after));
    done += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < recordsAtOnce) break;
    // Whoever is waiting to save comes first.
    await sleep(pauseMs);
  }
  return done;
}

/** Customers that have not ordered for as long as the company says become lost. Gives how many. */
export const markLostCustomers = (company: Company, signal: AbortSignal): Promise<number> =>
  inPieces(company, signal, async (work, after) => {
    const days = await parameterOf<number>(work, 'parameter.customerLostDays');
    const codes = await statusCodes(work);
    const lost = codes.find(({ code }) => code === ('lost' satisfies StatusCode));
    if (days === 0 || !lost) return [];
    const buying: readonly StatusCode[] = ['active', 'regained'];
    const definition = work.company.catalogue.get('customer');
    const statuses = codes.filter(({ code }) => buying.some((one) => one === code));
    const ids = await silentSince(work, { day: addDays(work.today, -days), statuses, after });
    for (const id of ids) {
      const customer = await lock(work, definition, id);
      await storeChange(work, definition, customer, withStatus(work, customer, lost.id), 'change');
    }
    return ids;
  });

interface Silence {
  readonly day: string;
  readonly statuses: readonly { id: number }[];
  readonly after: number;
}

async function silentSince(work: Work, { day, statuses, after }: Silence): Promise<number[]> {
  const orders = work.company.catalogue.get('salesOrder');
  const ofCustomer = () =>
    work
      .tx(tableOf(orders))
      .whereRaw('?? = ??', ['sales_orders.customer', 'customers.id'])
      .whereIn('sales_orders.state', standing(orders))
      .whereNull('sales_orders.deleted_at');
  return (await work
    .tx('customers')
    .where('customers.id', '>', after)
    .whereIn(
      'customers.status',
      statuses.map(({ id }) => id),
    )
    .whereNull('customers.deleted_at')
    .whereExists(ofCustomer())
    .whereNotExists(ofCustomer().where('sales_orders.day', '>=', day))
    .orderBy('customers.id')
    .limit(recordsAtOnce)
    .pluck('customers.id')) as number[];
}

const standing = (definition: Definition): string[] =>
  Object.entries(definition.states ?? {})
    .filter(([, { look }]) => look === 'active' || look === 'done')
    .map(([name]) => name);

/** Quotations whose last day is past expire, and their owners hear of it. Gives how many. */
export const expireQuotations = (company: Company, signal: AbortSignal): Promise<number> =>
  inPieces(company, signal, async (work, after) => {
    const definition = work.company.catalogue.get('quotation');
    const ids = (await work
      .tx('quotations')
      .where('id', '>', after)
      .whereIn('state', [...(definition.steps?.expire?.from ?? [])])
      .where('valid_until', '<', work.today)
      .whereNull('deleted_at')
      .orderBy('id')
      .limit(recordsAtOnce)
      .pluck('id')) as number[];
    for (const id of ids) {
      const { version } = await load(work, definition, id);
      const { values } = await takeStep(work, definition, id, 'expire', { version });
      const facts = { title: String(values.number ?? '') };
      if (typeof values.owner === 'number')
        await tellThose(work, [{ user: values.owner, code: 'notice.quotationExpired', facts, definition, record: id }]);
    }
    return ids;
  });

// Whoever starts with an old stock of customers is reminded of those that fell silent lately, not of all of them at once.
const lateDays = 14;

/** Reminds owners of customers with whom nothing has happened for as long as the company says, once for each silence. */
export const tellIdleCustomers = (company: Company): Promise<number> =>
  transact(company, systemActor(company), async (work) => {
    await work
      .tx('customers')
      .whereNull('last_activity_on')
      .update({ last_activity_on: work.tx.raw('substr(created_at, 1, 10)') });
    const days = await parameterOf<number>(work, 'parameter.customerIdleDays');
    if (days === 0) return 0;
    const definition = work.company.catalogue.get('customer');
    const until = addDays(work.today, -days);
    const rows = (await work
      .tx('customers')
      .whereBetween('last_activity_on', [addDays(until, -lateDays), until])
      .whereNull('deleted_at')
      .whereNotNull('owner')
      .orderBy('id')
      .select('id', 'name', 'owner', { day: 'last_activity_on' })) as { id: number; name: string; owner: number; day: string }[];
    const told = await toldSince(work, 'notice.idleCustomer', addDays(until, -lateDays));
    const silent = rows.filter(({ id, day }) => !((told.get(id) ?? '') >= day));
    return tellThose(
      work,
      silent.map(({ id, name, owner, day }): Notice => {
        const facts = { title: name, days: daysBetween(day, work.today) };
        return { user: owner, code: 'notice.idleCustomer', facts, definition, record: id };
      }),
    );
  });

/** Reminds whoever looks after a contact of its birthday, once a year. */
export const tellBirthdays = (company: Company): Promise<number> =>
  transact(company, systemActor(company), async (work) => {
    const ahead = await parameterOf<number>(work, 'parameter.birthdayDays');
    if (ahead === 0) return 0;
    const definition = work.company.catalogue.get('contact');
    const days = Array.from({ length: ahead + 1 }, (_none, at) => addDays(work.today, at));
    const rows = (await work
      .tx('contacts')
      .join('customers', 'customers.id', 'contacts.customer')
      .whereRaw(`substr(contacts.birthday, 6) in (${days.map(() => '?').join(', ')})`, [...days.map((day) => day.slice(5))])
      .whereNull('contacts.deleted_at')
      .orderBy('contacts.id')
      .select('contacts.id', 'contacts.name', 'contacts.birthday', {
        user: work.tx.raw('coalesce(contacts.responsible, customers.owner)'),
        customer: 'customers.name',
      })) as { id: number; name: string; birthday: string; user: number | null; customer: string }[];
    const told = await toldSince(work, 'notice.birthday', addDays(work.today, -300));
    const due = rows.filter(({ id, user }) => user !== null && !told.has(id));
    return tellThose(
      work,
      due.map(({ id, name, birthday, user, customer }): Notice => {
        const day = days.find((one) => one.slice(5) === birthday.slice(5)) ?? work.today;
        return { user: Number(user), code: 'notice.birthday', facts: { title: name, customer, day }, definition, record: id };
      }),
    );
  });

/** The day of the last notice of this kind about each record. */
async function toldSince(work: Work, code: string, day: string): Promise<Map<number, string>> {
  const rows = (await work
    .tx('notices')
    .where({ code })
    .where('at', '>=', day)
    .groupBy('record_id')
    .select('record_id')
    .max({ at: 'at' })) as { record_id: number; at: string }[];
  return new Map(rows.map((row) => [row.record_id, row.at.slice(0, 10)]));
}
