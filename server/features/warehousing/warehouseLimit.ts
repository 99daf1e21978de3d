import type { Move } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import { watchMoves } from '../../ledger/watch.ts';
import type { Work } from '../../work.ts';

/** The warehouses a person is limited to; null when it is limited to none. */
export async function warehousesOf(work: Work): Promise<ReadonlySet<number> | null> {
  const { memory } = work.company.store;
  const key = `limit:${work.actor.userId}`;
  const known = memory.recall<{ warehouses: number[] }>(['user_warehouses'], key) ?? { warehouses: await readLimit(work) };
  memory.keep(work.tx, ['user_warehouses'], key, known);
  return known.warehouses.length > 0 ? new Set(known.warehouses) : null;
}

async function readLimit(work: Work): Promise<number[]> {
  const rows = (await work.tx('user_warehouses').where({ parent: work.actor.userId }).orderBy('id').select('warehouse')) as {
    warehouse: number;
  }[];
  return rows.map((row) => row.warehouse);
}

/** Whoever is limited to some warehouses moves goods into and out of these alone, by whatever document. */
export function guardWarehouses(): void {
  watchMoves(async (work, moves) => {
    const touched = new Set(moves.flatMap(warehousesIn));
    if (touched.size === 0) return;
    const own = await warehousesOf(work);
    const other = own && [...touched].find((warehouse) => !own.has(warehouse));
    if (other) throw new Refusal('stock.otherWarehouse', { warehouse: await nameOf(work, other) });
  });
}

const warehousesIn = (move: Move): number[] =>
  move.ledger === 'stock' ? [move.from, move.to].filter((place) => kindOfPlace(place) === 'warehouse').map(idOfPlace) : [];

async function nameOf(work: Work, id: number): Promise<string> {
  const row = (await work.tx('warehouses').where({ id }).first('name')) as { name: string } | undefined;
  return row?.name ?? '';
}
