import type { AnyRecord } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { tableOf } from '../database/tables.ts';
import { idOfPlace, kindOfPlace } from '../ledger/balances.ts';
import type { Work } from '../work.ts';

/** Puts names to a ledger's shortage (which item, which warehouse) and points to the row of the document that caused it. */
export async function explainShortage(work: Work, document: AnyRecord, thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof Refusal) || typeof thrown.facts.place !== 'string') return thrown;
  const { subject, place, wanted, held, row } = thrown.facts;
  const ledger = work.company.catalogue.ledgers.find((known) => known.shortage === thrown.code);
  const facts = {
    item: ledger ? await titleOf(work, ledger.subject, Number(subject)) : '',
    place: await titleOf(work, kindOfPlace(place), idOfPlace(place)),
    wanted: Number(wanted),
    held: Number(held),
    short: Number(wanted) - Number(held),
  };
  const fields = Object.entries(document.parts).flatMap(([part, rows]) => {
    const index = rows.findIndex((candidate) => candidate.id === row);
    return index < 0 ? [] : [{ path: `${part}.${index}.quantity`, code: thrown.code, facts }];
  });
  return new Refusal(thrown.code, facts, fields);
}

async function titleOf(work: Work, type: string, id: number): Promise<string> {
  const definition = work.company.catalogue.find(type);
  if (!definition || id === 0) return '';
  const row = (await work.tx(tableOf(definition)).where({ id }).first({ title: definition.title })) as { title: string } | undefined;
  return row?.title ?? '';
}
