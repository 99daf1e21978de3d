/** Whose money it is about: customers' debts to us, or ours to suppliers. */
export type SideName = 'customer' | 'supplier';
