import type { KnownFacts, LotFact } from '../../../shared/documents/facts.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition } from '../../../shared/kernel/definition.ts';
import { lotKey, type Tracking } from '../../../shared/records/lot.ts';
import { marksOf, rowsOf } from '../../database/rows.ts';
import { tableOf } from '../../database/tables.ts';
import { offerFact } from '../../engine/facts.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { itemsOf } from '../trade/facts.ts';
import { registerLots } from './registerLots.ts';

/** The facts about batches and serial numbers; their shapes stand in shared/documents/facts.ts. */
export function offerLotFacts(): void {
  const offer = <N extends 'tracking' | 'lots' | 'lotIds'>(
    name: N,
    find: (work: Work, document: AnyRecord, definition: Definition) => Promise<KnownFacts[N]>,
  ): void => offerFact(name, (work, definition, document) => find(work, document, definition));
  offer('tracking', (work, document, definition) => trackedAmong(work, itemsOf(definition, document)));
  offer('lots', async (work, document) => ({
    byRow: byRow(document.parts.lots ?? [], await knownLots(work, document.parts.lots ?? [])),
    expired: await parameterOf(work, 'parameter.expiredLots'),
  }));
  offer('lotIds', async (work, document, definition) => {
    const rows = document.parts.lots ?? [];
    return byRow(rows, await registerLots(work, document, definition, await knownLots(work, rows)));
  });
}

/** Of some items those whose pieces are told apart: how, and what they are called. */
export async function trackedAmong(work: Work, items: readonly number[]): Promise<Record<number, { by: Tracking; name: string }>> {
  const found: Record<number, { by: Tracking; name: string }> = {};
  for (let start = 0; start < items.length; start += 500) {
    const few = items.slice(start, start + 500);
    const text = `select "id", "tracking", "name" from "items" where "id" in (${marksOf(few)}) and "tracking" <> 'none'`;
    const rows = (await rowsOf(work.tx, text, few)) as unknown as { id: number; tracking: Tracking; name: string }[];
    for (const { id, tracking, name } of rows) found[id] = { by: tracking, name };
  }
  return found;
}

/** The lots that rows name by item and number, by their key. */
async function knownLots(work: Work, rows: readonly AnyRow[]): Promise<Map<string, LotFact>> {
  const keys = [...new Set(rows.map(lotKey))];
  const found = new Map<string, LotFact>();
  const { outside } = work.company.catalogue.ledger('lots');
  for (let start = 0; start < keys.length; start += 500) {
    const stored = (await work
      .tx({ lot: tableOf(work.company.catalogue.get('lot')) })
      .join({ item: 'items' }, 'item.id', 'lot.item')
      .whereIn('lot.key', keys.slice(start, start + 500))
      .whereNull('lot.deleted_at')
      .select('lot.id', 'lot.key', 'lot.made_on', 'lot.expires_on', 'lot.blocked', 'item.tracking', {
        in_force: work.tx.raw(`exists (${movesInForce})`),
        held: work.tx.raw(`exists (${heldOf(outside)})`, outside),
      })) as StoredLot[];
    for (const lot of stored) {
      found.set(lot.key, {
        id: lot.id,
        by: lot.tracking === 'serial' ? 'serial' : 'lot',
        madeOn: lot.made_on,
        expiresOn: lot.expires_on,
        blocked: lot.blocked === 1,
        inForce: Boolean(lot.in_force),
        held: Boolean(lot.held),
      });
    }
  }
  return found;
}

const movesInForce = `select 1 from moves m left join moves back on back.mirror_of = m.id
  where m.ledger = 'lots' and m.subject = lot.id and m.mirror_of is null and back.id is null`;

const heldOf = (outside: readonly string[]): string =>
  `select 1 from balances b where b.ledger = 'lots' and b.subject = lot.id and b.amount > 0 and b.place not in (${outside.map(() => '?').join(', ')})`;

interface StoredLot {
  readonly id: number;
  readonly key: string;
  readonly made_on: Day | null;
  readonly expires_on: Day | null;
  readonly blocked: number;
  readonly tracking: string;
  readonly in_force: number | boolean;
  readonly held: number | boolean;
}

const byRow = (rows: readonly AnyRow[], lots: ReadonlyMap<string, LotFact>): Record<number, LotFact> =>
  Object.fromEntries(
    rows.flatMap((row): [number, LotFact][] => {
      const lot = lots.get(lotKey(row));
      return lot ? [[row.id, lot]] : [];
    }),
  );
