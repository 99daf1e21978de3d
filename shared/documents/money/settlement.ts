import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Move, PostingResult } from '../../kernel/definition.ts';
import { link, money } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe } from '../../kernel/numbers.ts';
import { reversalFields } from '../reversal.ts';
import { balanced, settlementStates, settlementSteps } from './settlementLife.ts';
import { amountsOf, creditPlace, debtMoves, moneyDay, partyField, rowsSourced, settlesOwn, used, withWorth, worthOf } from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/** Sets what is held for a customer (money in advance, goods taken back) against what it owes; undoing it gives both back. */
export const settlement = settlementOf(customerSide, 'ST{yyyy}{mm}{dd}-{serial:4}');

/** The same with a supplier: what we paid in advance or sent back against what we owe. */
export const supplierSettlement = settlementOf(supplierSide, 'SS{yyyy}{mm}{dd}-{serial:4}');

function settlementOf(side: Side, series: string) {
  const own = { party: side.party, side };
  return defineDocument({
    type: side.settlement,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    print: { templates: [`${side.settlement}Note`], include: [side.party] },
    fields: {
      [side.party]: partyField(side),
      day: moneyDay,
      currency: link('currency', { required: true, default: 'main' }),
      allocated: money({ derived: true, list: true }),
      credited: money({ derived: true, list: true }),
      difference: money({ derived: true }),
      exchangeGain: money({ derived: true, in: 'base' }),
      ...reversalFields(side.settlement),
    },
    parts: { allocations: { ...used, required: true }, credits: used },
    calculation: { name: side.settlement, run: (record, setting) => calculateSettlement(side, record, setting) },
    states: settlementStates,
    steps: settlementSteps({
      name: `${side.settlement}Moves`,
      requires: [rowsSourced('allocations', 'credits'), balanced, settlesOwn({ allocations: own, credits: own })],
      moves: (document) => settle(side, document),
    }),
  });
}

function calculateSettlement(side: Side, record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const debts = withWorth(record, 'allocations', setting);
  const credits = withWorth(record, 'credits', setting);
  const allocated = amountsOf(record, 'allocations');
  const credited = amountsOf(record, 'credits');
  const gain = worthOf(credits) - worthOf(debts);
  const isBalanced = allocated === credited;
  const values = {
    ...record.values,
    allocated,
    credited,
    difference: assertSafe(allocated - credited),
    // Only what balances has a gain: before that the difference would look like one.
    exchangeGain: isBalanced && gain !== 0 ? side.gain * gain : 0,
  };
  return { ...record, values, parts: { ...record.parts, allocations: debts, credits } };
}

/** Debts are paid out of what lies in advance; a credit that lies at its own document goes there first. */
function settle(side: Side, document: AnyRecord): PostingResult {
  const currency = Number(document.values.currency);
  const prepaid = placeOf('prepaid', currency);
  const released = (document.parts.credits ?? []).flatMap((row): Move[] => {
    const place = creditPlace(side, row, currency);
    const subject = Number(document.values[side.party]);
    return place === prepaid ? [] : [{ ledger: side.ledger, subject, from: prepaid, to: place, amount: Number(row.amount), row: row.id }];
  });
  return { moves: [...debtMoves(side, document, { part: 'allocations', party: side.party, to: prepaid }), ...released] };
}
