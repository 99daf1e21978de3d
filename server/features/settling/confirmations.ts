import { customerSide, type Side, supplierSide } from '../../../shared/documents/money/sides.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, Definition } from '../../../shared/kernel/definition.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { tableOf } from '../../database/tables.ts';
import { type Event, offerEffect } from '../../engine/effects.ts';
import { offerFact } from '../../engine/facts.ts';
import { lockLedger, unlockLedger } from '../../ledger/locks.ts';
import type { Work } from '../../work.ts';
import { readBook } from '../trade/ledgerBook.ts';

/** What a confirmed statement does beside its own state: it locks the partner's ledger, and opens it again. */
export function offerConfirmations(): void {
  offerFact('confirmedBalance', (work, definition, document) => balanceThrough(work, sideOf(definition), document));
  offerEffect('lockStatement', (work, definition, event) => lock(work, definition, event.record));
  offerEffect('unlockStatement', unlock);
}

const sideOf = (definition: Definition): Side => (definition.fields.supplier ? supplierSide : customerSide);

/** What was owed at the end of the day, in minor units of the document's currency. */
async function balanceThrough(work: Work, side: Side, { values }: AnyRecord): Promise<number> {
  const through = String(values.through) as Day;
  const places = work.company.catalogue.ledger(side.ledger).outside.map((kind) => placeOf(kind, Number(values.currency)));
  const book = { ledger: side.ledger, subject: Number(values[side.party]), places, side: 'outside' } as const;
  return (await readBook(work, book, { from: through, to: through, limit: 1 })).closing;
}

async function lock(work: Work, definition: Definition, record: AnyRecord): Promise<void> {
  const side = sideOf(definition);
  const subject = Number(record.values[side.party]);
  await lockLedger(work, {
    ledger: side.ledger,
    subject,
    throughDay: await latestConfirmed(work, definition, side, subject),
    reason: String(record.values.number ?? ''),
  });
}

/** The lock goes back to the day confirmed before, or goes away. */
async function unlock(work: Work, definition: Definition, { record }: Event): Promise<void> {
  const side = sideOf(definition);
  const subject = Number(record.values[side.party]);
  await unlockLedger(work, { ledger: side.ledger, subject });
  const throughDay = await latestConfirmed(work, definition, side, subject);
  if (throughDay !== '') await lockLedger(work, { ledger: side.ledger, subject, throughDay });
}

async function latestConfirmed(work: Work, definition: Definition, side: Side, subject: number): Promise<Day> {
  const row = (await work
    .tx(tableOf(definition))
    .where({ [side.party]: subject, state: 'confirmed' })
    .whereNull('deleted_at')
    .max({ through: 'through' })
    .first()) as { through: Day | null } | undefined;
  return row?.through ?? '';
}
