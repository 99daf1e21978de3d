import type { Knex } from 'knex';
import type { Work } from '../work.ts';
import { detailsAgree } from './details.ts';
import { isGuarded } from './post.ts';

export interface Finding {
  readonly proof: string;
  readonly detail: string;
}

/**
 * Proves the ledgers: every balance is the sum of its moves, every subject's places add up to zero, nothing that may not
 * is below zero, every mirror is the exact reverse of its move, and what is kept in detail agrees with its whole. Gives what is wrong; an empty list is the proof.
 */
export const proveLedgers = (work: Work): Promise<Finding[]> => allFindings(ledgerProofs(work));

/** A piece of a proof, with whatever reads for it: a long one is asked beside, piece by piece. */
export type Proof = (read: Read) => Promise<Finding[]>;
export type Read = (query: Knex.QueryBuilder) => Promise<unknown[]>;

/** Reads in the work's own transaction. */
export const readHere: Read = async (query) => (await query) as unknown[];

/** The proof of the ledgers in pieces: each ledger for itself, and what concerns all of them. */
export function ledgerProofs(work: Work): Proof[] {
  const names = work.company.catalogue.ledgers.map(({ name }) => name);
  return [
    ...names.map(
      (name): Proof =>
        (read) =>
          balancesAgree(work.tx, read, (query) => query.where({ ledger: name })),
    ),
    (read) => balancesAgree(work.tx, read, (query) => query.whereNotIn('ledger', names)),
    (read) => subjectsAddUp(work.tx, read),
    (read) => nothingBelowZero(work, read),
    (read) => mirrorsReverse(work.tx, read),
    () => detailsAgree(work),
  ];
}

/** What all pieces of a proof found; `told` hears which share of them is done. */
export async function allFindings(proofs: readonly Proof[], read = readHere, told?: (share: number) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, proof] of proofs.entries()) {
    findings.push(...(await proof(read)));
    told?.((index + 1) / proofs.length);
  }
  return findings;
}

async function balancesAgree(tx: Knex, read: Read, of: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<Finding[]> {
  const sides = tx
    .unionAll([
      of(tx('moves')).select('ledger', 'subject', { place: 'to_place' }, 'amount'),
      of(tx('moves')).select('ledger', 'subject', { place: 'from_place' }, tx.raw('-amount as amount')),
      of(tx('balances')).select('ledger', 'subject', 'place', tx.raw('-amount as amount')),
    ])
    .as('sides');
  const sums = tx.from(sides).groupBy('ledger', 'subject', 'place').havingRaw('sum(amount) <> 0').limit(100);
  const rows = (await read(sums.select('ledger', 'subject', 'place', tx.raw('sum(amount) as difference')))) as {
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

async function subjectsAddUp(tx: Knex, read: Read): Promise<Finding[]> {
  const sums = tx('balances').groupBy('ledger', 'subject').havingRaw('sum(amount) <> 0').limit(100);
  const rows = (await read(sums.select('ledger', 'subject', tx.raw('sum(amount) as total')))) as {
    ledger: string;
    subject: number;
    total: number;
  }[];
  return rows.map((row) => ({ proof: 'zero', detail: `${row.ledger} ${row.subject}: places add up to ${row.total}` }));
}

async function nothingBelowZero(work: Work, read: Read): Promise<Finding[]> {
  const rows = (await read(work.tx('balances').where('amount', '<', 0).select('ledger', 'subject', 'place', 'amount'))) as {
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
  const { catalogue } = work.company;
  // Whatever a warehouse allows for the whole: no more of a part leaves than is there.
  const mayBe = (row: { ledger: string; place: string }) => overdrawable.has(row.place) && !catalogue.ledger(row.ledger).details;
  return rows
    .filter((row) => isGuarded(catalogue.ledger(row.ledger), row.place) && !mayBe(row))
    .map((row) => ({ proof: 'negative', detail: `${row.ledger} ${row.subject} ${row.place}: ${row.amount}` }));
}

async function mirrorsReverse(tx: Knex, read: Read): Promise<Finding[]> {
  const different = tx('moves as m')
    .join('moves as o', 'o.id', 'm.mirror_of')
    .whereRaw(
      '(m.amount <> o.amount or m.from_place <> o.to_place or m.to_place <> o.from_place or m.subject <> o.subject or m.ledger <> o.ledger)',
    )
    .limit(100)
    .select('m.id');
  const rows = (await read(different)) as { id: number }[];
  return rows.map((row) => ({ proof: 'mirror', detail: `move ${row.id} is not the reverse of its original` }));
}
