import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard, PostingResult } from '../../kernel/definition.ts';
import { day, exchangeRate, link, money } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { nothingFollowed } from '../guards.ts';
import { reversalFields } from '../reversal.ts';
import { settlementStates, settlementSteps } from './settlementLife.ts';
import {
  amountsOf,
  asDebt,
  debtFields,
  debtMoves,
  debtValues,
  fromParty,
  moneyDay,
  partyField,
  rowsSourced,
  settlesOwn,
  used,
  withWorth,
} from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/** Somebody else takes over what a customer owes (往来转账): the mother pays for the daughter. It owes from then on. */
export const debtTransfer = transferOf(customerSide, 'DT{yyyy}{mm}{dd}-{serial:4}');

/** A supplier has handed on what we owe it: from then on we owe the other one. */
export const payableTransfer = transferOf(supplierSide, 'PT{yyyy}{mm}{dd}-{serial:4}');

function transferOf(side: Side, series: string) {
  const from = fromParty(side);
  return defineDocument({
    type: side.transfer,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    print: { templates: [`${side.transfer}Note`], include: [side.party] },
    fields: {
      [from]: link(side.party, { required: true, list: true, indexed: true }),
      [side.party]: partyField(side),
      day: moneyDay,
      dueOn: day(),
      currency: link('currency', { required: true, default: 'main' }),
      total: money({ derived: true, list: true }),
      // What the debts were worth, carried on as a rate, so that a gain shows when money comes at last.
      exchangeRate: exchangeRate({ derived: true, hidden: true }),
      ...debtFields(side),
      ...reversalFields(side.transfer),
    },
    parts: { allocations: { ...used, required: true } },
    calculation: { name: side.transfer, run: (record, setting) => calculateTransfer(side, record, setting) },
    states: settlementStates,
    steps: settlementSteps({
      name: `${side.transfer}Moves`,
      requires: [toSomebodyElse(side), rowsSourced('allocations'), settlesOwn({ allocations: { party: from, side } })],
      undone: [nothingFollowed(side.settled)],
      moves: (document) => handOn(side, document),
    }),
    becomes: asDebt(side, { from: ['posted'] }),
  });
}

function calculateTransfer(side: Side, record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const rows = withWorth(record, 'allocations', setting);
  const total = amountsOf(record, 'allocations');
  const rates = new Set(rows.map((row) => row.sourceRate ?? null));
  const [rate = null] = rates;
  const values = { ...record.values, total, exchangeRate: rates.size === 1 ? rate : null, ...debtValues(side, record.values, total) };
  return { ...record, values, parts: { ...record.parts, allocations: rows } };
}

function toSomebodyElse(side: Side): Guard {
  return {
    name: 'toSomebodyElse',
    check: ({ values }) =>
      values[side.party] === values[fromParty(side)]
        ? { code: 'money.sameParty', fields: [{ path: side.party, code: 'money.sameParty' }] }
        : null,
  };
}

function handOn(side: Side, document: AnyRecord): PostingResult {
  const through = placeOf('transferred', Number(document.values.currency));
  const taken = { ledger: side.ledger, subject: Number(document.values[side.party]), amount: Number(document.values.total) };
  const handed = debtMoves(side, document, { part: 'allocations', party: fromParty(side), to: through });
  return { moves: taken.amount > 0 ? [...handed, { ...taken, from: through, to: placeOf(side.transfer, document.id) }] : [] };
}
