import type { AnyRecord, Guard, GuardRefusal, Part } from '../../kernel/definition.ts';
import { money, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { sourced } from '../commercial.ts';
import { fact } from '../facts.ts';

/** Which advances somebody sets off or gives back, and how much of each, in the company's own currency. */
export const advanceRows: Part = {
  max: 100,
  key: ['source', 'amount'],
  entry: true,
  fields: {
    ...sourced,
    sourceNumber: text({ max: 40, derived: true }),
    sourceTotal: money({ derived: true, in: 'base' }),
    sourceOpen: money({ derived: true, in: 'base' }),
    amount: money({ required: true, min: 1, in: 'base' }),
    remark: text({ max: 200 }),
  },
};

export const amountsIn = (record: AnyRecord, part: string, field = 'amount'): number =>
  sumOf((record.parts[part] ?? []).map((row) => Number(row[field] ?? 0)));

/** Money leaves by the hand of whoever keeps it, not of whoever approved it. */
export const paidByCashier: Guard = {
  name: 'paidByCashier',
  override: 'cash.pay',
  check: () => ({ code: 'expense.cashierNeeded' }),
};

/** The account that pays or receives is there and in the company's own currency, as the amounts are. */
export function accountInBase(isNeeded: (document: AnyRecord) => boolean): Guard {
  return {
    name: 'accountInBase',
    facts: ['accountMoney'],
    check: (document, facts): GuardRefusal | null => {
      if (!isNeeded(document)) return null;
      const refused = (code: string): GuardRefusal => ({ code, fields: [{ path: 'account', code }] });
      if (!document.values.account) return refused('expense.accountMissing');
      return fact(facts, 'accountMoney')[Number(document.values.account)]?.isBase ? null : refused('expense.accountForeign');
    },
  };
}
