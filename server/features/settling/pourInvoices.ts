import type { Day } from '../../../shared/kernel/days.ts';

/** Goods of an order's row that left with one delivery; quantities in the row's unit. */
export interface Delivered {
  readonly line: number;
  readonly quantity: number;
  /** Came back later. */
  readonly returned: number;
}

/** What one invoice bills of an order's row, red-letter invoices taken off. */
export interface Billed {
  readonly quantity: number;
  readonly day: Day;
}

export interface Poured {
  readonly quantity: number;
  /** Of the last invoice that reached it. */
  readonly day: Day;
}

/**
 * Invoices bill the row of an order and not its deliveries: they are poured into the deliveries one after the other, the first invoice
 * into the first delivery. Goods that came back are billed last, because as a rule nobody bills them. What is billed ahead of any
 * delivery reaches none. Gives what reached each line.
 */
export function pourInvoices(delivered: readonly Delivered[], billed: readonly Billed[]): ReadonlyMap<number, Poured> {
  const rooms = [
    ...delivered.map(({ line, quantity, returned }) => ({ line, left: quantity - returned })),
    ...delivered.map(({ line, returned }) => ({ line, left: returned })),
  ].filter(({ left }) => left > 0);
  const reached = new Map<number, Poured>();
  for (const { quantity, day } of billed) {
    let rest = quantity;
    for (let room = rooms[0]; room && rest > 0; room = rooms[0]) {
      const taken = Math.min(rest, room.left);
      const before = reached.get(room.line);
      reached.set(room.line, { quantity: (before?.quantity ?? 0) + taken, day: before && before.day > day ? before.day : day });
      rest -= taken;
      room.left -= taken;
      if (room.left === 0) rooms.shift();
    }
  }
  return reached;
}
