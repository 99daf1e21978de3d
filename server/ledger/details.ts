import type { Move } from '../../shared/kernel/definition.ts';
import type { Details, LedgerDefinition } from '../../shared/kernel/ledger.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { marksOf, quoted, rowsOf } from '../database/rows.ts';
import { columnOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { kindOfPlace } from './balances.ts';

type Detailed = LedgerDefinition & { readonly details: Details };

/**
 * Refuses moves after which a place would hold something else than its parts add up to: of a subject that is kept in detail all
 * that moves is told in detail, of any other nothing is. Refuses with the ledger's own code {subject}.
 */
export async function refuseGaps(work: Work, moves: readonly Move[]): Promise<void> {
  for (const ledger of detailedLedgers(work)) {
    const wholes = moves.filter((move) => move.ledger === ledger.details.of);
    const parts = moves.filter((move) => move.ledger === ledger.name);
    if (wholes.length + parts.length === 0) continue;
    const partOf = await wholesOf(
      work,
      ledger,
      parts.map(({ subject }) => subject),
    );
    const subjects = new Set([...wholes.map(({ subject }) => subject), ...partOf.values()]);
    const detailed = await detailedAmong(work, ledger, [...subjects]);
    const gap = new Map<string, number>();
    const add = (subject: number, place: string, amount: number): void => {
      if (!ledger.outside.includes(kindOfPlace(place))) gap.set(`${subject} ${place}`, (gap.get(`${subject} ${place}`) ?? 0) + amount);
    };
    for (const { subject, from, to, amount } of wholes.filter((move) => detailed.has(move.subject))) {
      add(subject, from, amount);
      add(subject, to, -amount);
    }
    for (const { subject, from, to, amount } of parts) {
      add(partOf.get(subject) ?? 0, from, -amount);
      add(partOf.get(subject) ?? 0, to, amount);
    }
    const [lopsided] = [...gap].find(([, amount]) => amount !== 0) ?? [];
    if (lopsided !== undefined) throw new Refusal(ledger.details.gap, { item: await titleOf(work, ledger, Number.parseInt(lopsided, 10)) });
  }
}

interface Difference {
  readonly proof: string;
  readonly detail: string;
}

/** Proves that every place holds what its parts there add up to; of what is not kept in detail there are no parts. */
export async function detailsAgree(work: Work): Promise<Difference[]> {
  const findings: Difference[] = [];
  for (const ledger of detailedLedgers(work)) findings.push(...(await differencesIn(work, ledger)));
  return findings;
}

async function differencesIn(work: Work, ledger: Detailed): Promise<Difference[]> {
  const { details } = ledger;
  const [whole, parts] = [tableOf(subjectOf(work, details.of)), tableOf(subjectOf(work, ledger.name))];
  const sides = work.tx
    .unionAll([
      work
        .tx({ b: 'balances' })
        .join({ w: whole }, 'w.id', 'b.subject')
        .where('b.ledger', details.of)
        .whereNot(`w.${columnOf(details.unless.field)}`, details.unless.is)
        .select('b.subject', 'b.place', 'b.amount'),
      work
        .tx({ b: 'balances' })
        .join({ p: parts }, 'p.id', 'b.subject')
        .where('b.ledger', ledger.name)
        .select({ subject: `p.${columnOf(details.through)}` }, 'b.place', work.tx.raw('-b.amount as amount')),
    ])
    .as('sides');
  const rows = (await work.tx
    .from(sides)
    .groupBy('subject', 'place')
    .havingRaw('sum(amount) <> 0')
    .select('subject', 'place', work.tx.raw('sum(amount) as difference'))) as { subject: number; place: string; difference: number }[];
  return rows
    .filter(({ place }) => !ledger.outside.includes(kindOfPlace(place)))
    .map(({ subject, place, difference }) => ({
      proof: 'detail',
      detail: `${ledger.name} of ${details.of} ${subject} ${place}: ${difference} is not told in detail`,
    }));
}

const detailedLedgers = (work: Work): Detailed[] =>
  work.company.catalogue.ledgers.filter((ledger): ledger is Detailed => ledger.details !== undefined);

const subjectOf = (work: Work, ledger: string) => work.company.catalogue.get(work.company.catalogue.ledger(ledger).subject);

/** By part: what it is part of. */
async function wholesOf(work: Work, ledger: Detailed, parts: readonly number[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const chunk of chunksOf([...new Set(parts)])) {
    const rows = (await work
      .tx(tableOf(subjectOf(work, ledger.name)))
      .whereIn('id', chunk)
      .select('id', { whole: columnOf(ledger.details.through) })) as { id: number; whole: number }[];
    for (const { id, whole } of rows) found.set(id, whole);
  }
  return found;
}

/** Which of some subjects are kept in detail. */
async function detailedAmong(work: Work, { details }: Detailed, subjects: readonly number[]): Promise<Set<number>> {
  const found = new Set<number>();
  for (const chunk of chunksOf(subjects)) {
    const { field, is } = details.unless;
    const text =
      `select "id" from ${quoted(tableOf(subjectOf(work, details.of)))} ` +
      `where "id" in (${marksOf(chunk)}) and ${quoted(columnOf(field))} <> ?`;
    for (const { id } of await rowsOf(work.tx, text, [...chunk, is])) found.add(Number(id));
  }
  return found;
}

const chunksOf = (ids: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(ids.length / 500) }, (_, index) => ids.slice(index * 500, (index + 1) * 500));

async function titleOf(work: Work, { details }: Detailed, id: number): Promise<string> {
  const definition = subjectOf(work, details.of);
  const row = (await work
    .tx(tableOf(definition))
    .where({ id })
    .first({ title: columnOf(definition.title) })) as { title: string } | undefined;
  return row?.title ?? '';
}
