import { defineDocument } from '../../kernel/defineDocument.ts';
import type { Guard } from '../../kernel/definition.ts';
import { day, file, link, money, text } from '../../kernel/fields.ts';
import { fact } from '../facts.ts';
import { moneyDay, partyField } from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/**
 * A customer has confirmed its statement up to a day (对账确认): who said so, the balance that was agreed and the signed paper. From
 * then on nothing of those days is posted or taken back for this customer, until somebody with the right opens it again.
 */
export const customerConfirmation = confirmationOf(customerSide, { type: 'customerConfirmation', series: 'CF{yyyy}{mm}{dd}-{serial:4}' });

/** The same with a supplier. */
export const supplierConfirmation = confirmationOf(supplierSide, { type: 'supplierConfirmation', series: 'SK{yyyy}{mm}{dd}-{serial:4}' });

function confirmationOf(side: Side, { type, series }: { type: string; series: string }) {
  return defineDocument({
    type,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    fields: {
      [side.party]: partyField(side),
      day: moneyDay,
      currency: link('currency', { required: true, default: 'main', list: true }),
      through: day({ required: true, list: true, indexed: true }),
      balance: money({ derived: true, list: true }),
      confirmedBy: text({ max: 80, list: true }),
      proof: file(),
    },
    states: {
      draft: { editable: 'all', look: 'draft', deletable: true },
      confirmed: { editable: ['proof', 'confirmedBy', 'remark'], look: 'done' },
      reopened: { editable: 'none', look: 'void' },
    },
    steps: {
      confirm: {
        from: ['draft'],
        to: 'confirmed',
        operation: 'approve',
        posts: {
          name: `${type}Balance`,
          facts: ['confirmedBalance'],
          moves: (_document, facts) => ({ moves: [], values: { balance: fact(facts, 'confirmedBalance') } }),
        },
        effects: ['lockStatement'],
      },
      reopen: {
        from: ['confirmed'],
        to: 'reopened',
        operation: 'void',
        undoes: ['confirm'],
        dated: 'today',
        requires: [mayReopen()],
        asksReason: true,
        danger: true,
        effects: ['unlockStatement'],
      },
    },
  });
}

/** What a partner has confirmed is opened again only by whoever answers for it. */
function mayReopen(): Guard {
  return { name: 'mayReopen', override: 'statement.reopen', check: () => ({ code: 'statement.reopenDenied' }) };
}
