import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard, PostingResult } from '../../kernel/definition.ts';
import { link, money } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe } from '../../kernel/numbers.ts';
import { reversalFields } from '../reversal.ts';
import { balanced, settlementStates, settlementSteps } from './settlementLife.ts';
import { amountsOf, debtMoves, moneyDay, partyField, rowsSourced, settlesOwn, used, withWorth, worthOf } from './settling.ts';
import { customerSide, supplierSide } from './sides.ts';

/**
 * What a company owes us and we owe it, set off against each other (应收应付对冲). The supplier says which customer it also is.
 * Undoing it restores both debts.
 */
export const netting = defineDocument({
  type: 'netting',
  area: 'money',
  visibility: customerSide.visibility,
  numbering: { series: 'NT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['nettingNote'], include: ['customer', 'supplier'] },
  copies: { linkedCustomer: { link: 'supplier', field: 'customer' } },
  fields: {
    customer: partyField(customerSide),
    supplier: partyField(supplierSide),
    linkedCustomer: link('customer', { derived: true, hidden: true }),
    day: moneyDay,
    currency: link('currency', { required: true, default: 'main' }),
    allocated: money({ derived: true, list: true }),
    credited: money({ derived: true, list: true }),
    difference: money({ derived: true }),
    exchangeGain: money({ derived: true, in: 'base' }),
    ...reversalFields('netting'),
  },
  parts: { allocations: { ...used, required: true }, payables: used },
  calculation: { name: 'netting', run: calculateNetting },
  states: settlementStates,
  steps: settlementSteps({
    name: 'netDebts',
    requires: [
      sameCompany(),
      rowsSourced('allocations', 'payables'),
      balanced,
      settlesOwn({ allocations: { party: 'customer', side: customerSide }, payables: { party: 'supplier', side: supplierSide } }),
    ],
    moves: netDebts,
  }),
});

function calculateNetting(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const owed = withWorth(record, 'allocations', setting);
  const owing = withWorth(record, 'payables', setting);
  const allocated = amountsOf(record, 'allocations');
  const credited = amountsOf(record, 'payables');
  const values = {
    ...record.values,
    allocated,
    credited,
    difference: assertSafe(allocated - credited),
    // A debt of ours that weighed more than what we give up for it is a gain.
    exchangeGain: allocated === credited ? worthOf(owing) - worthOf(owed) : 0,
  };
  return { ...record, values, parts: { ...record.parts, allocations: owed, payables: owing } };
}

/** Only debts between us and one and the same company cancel each other. */
function sameCompany(): Guard {
  return {
    name: 'sameCompany',
    check: ({ values }) =>
      values.linkedCustomer === values.customer
        ? null
        : { code: 'money.notLinked', fields: [{ path: 'supplier', code: 'money.notLinked' }] },
  };
}

function netDebts(document: AnyRecord): PostingResult {
  const to = placeOf('netted', Number(document.values.currency));
  return {
    moves: [
      ...debtMoves(customerSide, document, { part: 'allocations', party: 'customer', to }),
      ...debtMoves(supplierSide, document, { part: 'payables', party: 'supplier', to }),
    ],
  };
}
