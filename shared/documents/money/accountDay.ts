import { defineDocument } from '../../kernel/defineDocument.ts';
import type { FactBag, Guard, GuardRefusal, PostingResult } from '../../kernel/definition.ts';
import { day, link, money } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { fact } from '../facts.ts';

/**
 * An account at the end of a day (日结): what it held, what came and went, what was counted. Closing it locks the account's book
 * through that day; only the last closed day can be opened again.
 */
export const accountDay = defineDocument({
  type: 'accountDay',
  area: 'books',
  visibility: { by: 'company' },
  numbering: { series: 'AD{yyyy}{mm}{dd}-{serial:3}', drawnAt: 'create' },
  print: { templates: ['dayVoucher'], include: ['account'] },
  fields: {
    account: link('account', { required: true, default: 'main', list: true, indexed: true }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    currency: link('currency', { derived: true }),
    opening: money({ derived: true, list: true, group: 'sums' }),
    income: money({ derived: true, list: true, group: 'sums' }),
    expense: money({ derived: true, list: true, group: 'sums' }),
    closing: money({ derived: true, list: true, group: 'sums' }),
    counted: money({ min: 0, list: true, group: 'sums' }),
    difference: money({ derived: true, list: true, group: 'sums' }),
  },
  copies: { currency: { link: 'account', field: 'currency' } },
  calculation: {
    name: 'accountDay',
    run: (record) => {
      const { counted, closing } = record.values;
      const isCounted = typeof counted === 'number' && typeof closing === 'number';
      return { ...record, values: { ...record.values, difference: isCounted ? sumOf([counted, -closing]) : null } };
    },
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    closed: { editable: 'none', look: 'done' },
  },
  steps: {
    close: {
      from: ['draft'],
      to: 'closed',
      operation: 'approve',
      requires: [dayIsNext()],
      posts: { name: 'noteDay', facts: ['accountDay'], moves: noteDay },
      effects: ['lockAccountDay'],
    },
    reopen: {
      from: ['closed'],
      to: 'draft',
      operation: 'void',
      undoes: ['close'],
      requires: [dayIsLast()],
      asksReason: true,
      effects: ['unlockAccountDay'],
    },
  },
});

/** Days are closed one after the other, and none before it has begun. */
function dayIsNext(): Guard {
  return {
    name: 'dayIsNext',
    facts: ['accountDay'],
    check: ({ values }, facts): GuardRefusal | null => {
      const { closedThrough, today } = fact(facts, 'accountDay');
      const refused = (code: string, through: string): GuardRefusal => ({
        code,
        facts: { through },
        fields: [{ path: 'day', code, facts: { through } }],
      });
      if (closedThrough !== null && String(values.day) <= closedThrough) return refused('account.dayClosed', closedThrough);
      return String(values.day) > today ? refused('account.dayAhead', today) : null;
    },
  };
}

function dayIsLast(): Guard {
  return {
    name: 'dayIsLast',
    facts: ['accountDay'],
    check: ({ values }, facts) => {
      const { closedThrough } = fact(facts, 'accountDay');
      return closedThrough === values.day ? null : { code: 'account.laterDayClosed', facts: { through: closedThrough ?? '' } };
    },
  };
}

/** The figures of the day stand on the document, so that the paper says the same for good. */
function noteDay(_document: unknown, facts: FactBag): PostingResult {
  const { opening, income, expense, closing } = fact(facts, 'accountDay');
  return { moves: [], values: { opening, income, expense, closing } };
}
