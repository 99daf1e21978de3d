import type { AnyRecord, Move, Value } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { Work } from '../../work.ts';
import { type Bulk, numbered } from './bulk.ts';
import type { Masters } from './masters.ts';
import type { Random } from './random.ts';

const one = 1_000_000;

/** No goods of the history are told apart. */
const untold = { tracking: {}, lotIds: {} };

/** What lies where while the history is written: nothing is promised from an empty shelf and every piece has its cost. */
export class Shelves {
  readonly #left = new Map<string, number>();
  readonly #cost = new Map<number, { quantity: number; value: number }>();

  /** Fills the shelves with an opening stock for each warehouse; `pieces` of each item, more or less. */
  async open(work: Work, bulk: Bulk, random: Random, masters: Masters, of: { day: string; pieces: number }): Promise<void> {
    const definition = work.company.catalogue.get('openingStock');
    for (const [index, warehouse] of masters.warehouses.entries()) {
      const items = index < 2 ? masters.items : masters.items.filter((_, place) => place % 5 === index);
      for (let start = 0; start < items.length; start += 2000) {
        const lines = items.slice(start, start + 2000).map((item) => ({
          item: item.id,
          quantity: Math.max(1, Math.floor((of.pieces * random.whole(60, 180)) / 100)) * one,
          unitCost: mulDiv([Number(item.values.grossPrice), random.whole(55, 72)], [113]),
        }));
        const values = { number: bulk.numberFor(definition, of.day), day: of.day, warehouse, owner: 1, department: 1 };
        const draft: AnyRecord = { id: 0, version: 1, type: definition.type, state: 'posted', values, parts: { lines: numbered(lines) } };
        const record = definition.calculation?.run(draft, { currencyDigits: 2, baseDigits: 2 }) ?? draft;
        const [document] = await bulk.store(work, definition, [record], () => ({ at: `${of.day}T01:00:00.000Z`, by: 1 }));
        const moves = definition.steps?.post?.posts?.moves(record, untold).moves ?? [];
        if (document) await bulk.post(work, [{ document, part: 'lines', step: 'post', moves }]);
        this.carry(moves);
      }
    }
  }

  /** Takes a share (0–100) of a line's quantity, whole pieces, as far as it is there; gives what was taken. */
  take(line: Readonly<Record<string, Value>>, share: number): number {
    const key = `${line.item}|warehouse:${line.warehouse}`;
    const wanted = Math.floor((Number(line.quantity) * share) / 100 / one) * one;
    const left = this.#left.get(key) ?? 0;
    const taken = wanted <= left ? wanted : 0;
    this.#left.set(key, left - taken);
    return taken;
  }

  /** The facts that the posting of a delivery asks for. */
  factsFor(note: AnyRecord): Readonly<Record<string, unknown>> {
    const items = [...new Set((note.parts.lines ?? []).map((line) => Number(line.item)))];
    return {
      ...untold,
      stockKept: Object.fromEntries(items.map((item) => [item, true])),
      averageCost: Object.fromEntries(items.map((item) => [item, { ...(this.#cost.get(item) ?? { quantity: 0, value: 0 }) }])),
      mayOverdraw: {},
    };
  }

  /** Follows what moves did to quantity and value. What `take` reserved is not counted twice. */
  carry(moves: readonly Move[]): void {
    for (const move of moves) {
      const cost = this.#cost.get(move.subject) ?? { quantity: 0, value: 0 };
      if (move.ledger === 'cost') cost.value += move.to === 'stock' ? move.amount : -move.amount;
      if (move.ledger === 'stock') {
        const isIn = move.to.startsWith('warehouse:');
        cost.quantity += isIn ? move.amount : -move.amount;
        if (isIn) this.#left.set(`${move.subject}|${move.to}`, (this.#left.get(`${move.subject}|${move.to}`) ?? 0) + move.amount);
      }
      this.#cost.set(move.subject, cost);
    }
  }
}
