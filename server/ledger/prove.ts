import type { Knex } from 'knex';
import type { Work } from '../work.ts';
import { isGuarded } from './post.ts';

export interface Finding {
  readonly proof: string;
  readonly detail: string;
}

/**
 * Proves the ledgers: every balance is the sum of its moves, every subject's places add up to zero, nothing that may not
 * is below zero, and every mirror is the exact reverse of its move. Gives what is wrong; an empty list is the proof.
 */
export async function proveLedgers(work: Work): Promise<Finding[]> {
  return [
    ...(await balancesAgree(work.tx)),
    ...(await subjectsAddUp(work.tx)),
    ...(await nothingBelowZero(work)),
    ...(await mirrorsReverse(work.tx)),
  ];
}

async function balancesAgree(tx: Knex): Promise<Finding[]> {
  const sides = tx
    .unionAll([
      tx('moves').select('ledger', 'subject', { place: 'to_place' }, 'amount'),
      tx('moves').select('ledger', 'subject', { place: 'from_place' }, tx.raw('-amount as amount')),
      tx('balances').select('ledger', 'subject', 'place', tx.raw('-amount as amount')),
    ])
    .as('sides');
  const rows = (await tx
    .from(sides)
    .groupBy('ledger', 'subject', 'place')
    .havingRaw('sum(amount) <> 0')
    .limit(100)
    .select('ledger', 'subject', 'place', tx.raw('sum(amount) as difference'))) as {
    ledger: string;
    subject: number;
    place: string;
    difference: number;
  }[];
  return rows.map((row) => ({
    proof: 'balance',
    detail: `${row.ledger} ${row.subject} ${row.place}: moves − balance = ${row.difference}`,
  }));
}

async function subjectsAddUp(tx: Knex): Promise<Finding[]> {
  const rows = (await tx('balances')
    .groupBy('ledger', 'subject')
    .havingRaw('sum(amount) <> 0')
    .limit(100)
    .select('ledger', 'subject', tx.raw('sum(amount) as total'))) as { ledger: string; subject: number; total: number }[];
  return rows.map((row) => ({ proof: 'zero', detail: `${row.ledger} ${row.subject}: places add up to ${row.total}` }));
}

async function nothingBelowZero(work: Work): Promise<Finding[]> {
  const rows = (await work.tx('balances').where('amount', '<', 0).select('ledger', 'subject', 'place', 'amount')) as {
    ledger: string;
    subject: number;
    place: string;
    amount: number;
  }[];
  const overdrawable = new Set(
    ((await work.tx('warehouses').whereNot('negative_stock', 'forbid').select('id')) as { id: number }[]).map(
      (row) => `warehouse:${row.id}`,
    ),
  );
  return rows
    .filter((row) => isGuarded(work.company.catalogue.ledger(row.ledger), row.place) && !overdrawable.has(row.place))
    .map((row) => ({ proof: 'negative', detail: `${row.ledger} ${row.subject} ${row.place}: ${row.amount}` }));
}

async function mirrorsReverse(tx: Knex): Promise<Finding[]> {
  const rows = (await tx('moves as m')
    .join('moves as o', 'o.id', 'm.mirror_of')
    .whereRaw(
      '(m.amount <> o.amount or m.from_place <> o.to_place or m.to_place <> o.from_place or m.subject <> o.subject or m.ledger <> o.ledger)',
    )
    .limit(100)
    .select('m.id')) as { id: number }[];
  return rows.map((row) => ({ proof: 'mirror', detail: `move ${row.id} is not the reverse of its original` }));
}
