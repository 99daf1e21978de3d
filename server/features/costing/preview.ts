import type { CostChangeRow, CostChangesAnswer } from '../../../shared/contracts/stock.ts';
import type { RecordInput, StepInput } from '../../../shared/contracts/wire.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { changeRecord } from '../../engine/changeRecord.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { takeStep, takeStepOn } from '../../engine/takeStep.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { documentNumbers, keyOf } from '../trade/documentNumbers.ts';
import type { Correction } from './corrections.ts';
import { BackDated, backDatedCode } from './recost.ts';

/** So many rows are named; the rest is counted. */
const rowsMax = 500;

export interface StepToPreview {
  /** The document as it is stored; none when it is still to be made. */
  readonly id?: number | undefined;
  /** What was typed since, and the step. */
  readonly input: RecordInput & { readonly step: StepInput };
}

/**
 * Every document whose cost a step would change, exactly: the document is stored, the step taken, and all of it rolled back. Nothing is kept. The right to see cost
 * is the caller's matter. Refuses what the step refuses.
 */
export async function previewCosts(
  company: Company,
  actor: Actor,
  definition: Definition,
  asked: StepToPreview,
): Promise<CostChangesAnswer> {
  try {
    await transact(company, actor, async (work) => {
      await rehearse(work, definition, asked);
      throw new BackDated(work.today, []);
    });
  } catch (thrown) {
    if (thrown instanceof BackDated) return answerFrom(company, actor, thrown.corrections);
    throw thrown;
  }
  throw new Error('A rehearsal was kept');
}

async function rehearse(work: Work, definition: Definition, { id, input }: StepToPreview): Promise<void> {
  const { name, ...said } = input.step;
  const step = { ...said, confirmed: (said.confirmed ?? []).filter((code) => code !== backDatedCode) };
  if (id !== undefined && !input.values && !input.parts) await takeStep(work, definition, id, name, { ...step, version: input.version });
  else {
    const stored = id === undefined ? await createRecord(work, definition, input) : await changeRecord(work, definition, id, input);
    await takeStepOn(work, definition, stored, { ...step, name });
  }
}

function answerFrom(company: Company, actor: Actor, corrections: readonly Correction[]): Promise<CostChangesAnswer> {
  const all = corrections.map(rowOf).sort((a, b) => (a.day === b.day ? a.document - b.document : a.day < b.day ? -1 : 1));
  const rows = all.slice(0, rowsMax);
  const sum = (name: 'before' | 'after'): number => all.reduce((total, row) => total + row[name], 0);
  return look(company, actor, async (work) => {
    const numbers = await documentNumbers(
      work,
      rows.map(({ type, document }) => ({ type, id: document })),
    );
    return {
      documents: new Set(all.map(({ type, document }) => `${type}:${document}`)).size,
      left: all.length - rows.length,
      rows: rows.map((row) => {
        const number = numbers.get(keyOf({ type: row.type, id: row.document }));
        return number === undefined ? row : { ...row, number };
      }),
      titles: await titlesFor(work, new Map([['item', new Set(rows.map(({ item }) => item))]])),
      before: sum('before'),
      after: sum('after'),
    };
  });
}

function rowOf({ row, cost }: Correction): CostChangeRow {
  const { type, id, day } = row.posting;
  const before = Math.abs(row.booked.get(row.against) ?? 0);
  return { day, type, document: id, item: row.item, quantity: Math.abs(row.quantity), before, after: Math.abs(cost.value) };
}
