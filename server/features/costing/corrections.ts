import type { RowCost } from '../../../shared/documents/costReplay.ts';
import type { AnyRecord, AnyRow, Definition, Move } from '../../../shared/kernel/definition.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { lock } from '../../engine/load.ts';
import { calculated } from '../../engine/store.ts';
import { post } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import type { StandingPosting, StandingRow } from './standing.ts';

/** What a row of a posting costs now, and by how much its moves differ from that: by place outside, what more is to come from there. */
export interface Correction {
  readonly row: StandingRow;
  readonly cost: RowCost;
  readonly changes: readonly (readonly [string, number])[];
}

/**
 * Posts what is missing beside the rows concerned, as moves of their own documents on their own days, so that taking such a document
 * back takes its corrections along; each remembers its turn and what caused it. The documents then say what their goods cost.
 */
export async function writeCorrections(work: Work, corrections: readonly Correction[], cause: AnyRecord | null): Promise<void> {
  const byPosting = [...Map.groupBy(corrections, ({ row }) => row.posting)];
  // In one order everywhere, because the documents are locked one after the other.
  byPosting.sort(([a], [b]) => (a.type === b.type ? a.id - b.id : a.type < b.type ? -1 : 1));
  for (const [posting, own] of byPosting) {
    await postOne(work, posting, { own, cause });
    await storeCosts(work, posting, { own, cause });
  }
}

interface Own {
  readonly own: readonly Correction[];
  readonly cause: AnyRecord | null;
}

async function postOne(work: Work, posting: StandingPosting, { own, cause }: Own): Promise<void> {
  const moves = own.flatMap(({ row, changes }) =>
    changes.map(([place, change]): Move => {
      const [from, to] = change > 0 ? [place, 'stock'] : ['stock', place];
      return { ledger: 'cost', subject: row.item, from, to, amount: Math.abs(change), ...(row.line === null ? {} : { row: row.line }) };
    }),
  );
  if (moves.length === 0) return;
  const { type, id, step, day, turn } = posting;
  const mine = { document_type: type, document_id: id };
  const before = (await work.tx('moves').where(mine).max({ id: 'id' }).first()) as { id: number };
  await post(work, { type, id, step, day }, moves);
  const other = cause && (type !== cause.type || id !== cause.id) ? cause : null;
  const made = (await work.tx('moves').where(mine).where('id', '>', before.id).orderBy('id').pluck('id')) as number[];
  const rows = made.map((move) => ({
    move,
    turn,
    cause_type: other?.type ?? null,
    cause_id: other?.id ?? null,
  }));
  for (let start = 0; start < rows.length; start += 1000) await work.tx('cost_corrections').insert(rows.slice(start, start + 1000));
}

/** Rows say what their goods cost; a reversal keeps what it copied, and what a document names itself nobody changes. */
async function storeCosts(work: Work, posting: StandingPosting, { own, cause }: Own): Promise<void> {
  const definition = work.company.catalogue.get(posting.type);
  const costs = new Map(own.filter(({ row }) => row.line !== null && row.reverses === undefined).map((one) => [one.row.line, one]));
  if (costs.size === 0) return;
  const before: StoredRecord = await lock(work, definition, posting.id);
  const lines = (before.parts.lines ?? []).map((line) => withCost(definition, line, costs.get(line.id)));
  if (lines.every((line, index) => line === before.parts.lines?.[index])) return;
  const after = await calculated(work, definition, { ...before, parts: { ...before.parts, lines } });
  const number = cause ? String(cause.values[work.company.catalogue.get(cause.type).title] ?? '') : undefined;
  await storeChange(work, definition, before, after, 'recost', number);
}

function withCost(definition: Definition, line: AnyRow, correction: Correction | undefined): AnyRow {
  if (!correction) return line;
  const { row, cost } = correction;
  const known = definition.parts.lines?.fields ?? {};
  const beside = { valueBefore: cost.after - cost.value - cost.adjustment, valueAfter: cost.after };
  const inside: Record<string, number> = known.cost && row.as !== 'own' ? { cost: Math.abs(cost.value) } : {};
  const values = row.quantity === 0 && known.valueBefore ? beside : inside;
  return Object.entries(values).some(([name, value]) => line[name] !== value) ? { ...line, ...values } : line;
}
