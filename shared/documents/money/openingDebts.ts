import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord } from '../../kernel/definition.ts';
import { day, money, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { moneyCopies, moneyFills, moneyHead, rateGiven } from '../exchange.ts';
import { beforeGoLive, nothingFollowed } from '../guards.ts';
import { asCredit, asDebt, creditFields, creditValues, debtFields, debtValues, moneyDay, partyField } from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/** What a customer owed on the first day, one document for each open item. */
export const openingBalance = openingDebt(customerSide, { type: 'openingBalance', series: 'OB{yyyy}{mm}{dd}-{serial:4}' });

/** What we owed a supplier on the first day. */
export const openingPayable = openingDebt(supplierSide, { type: 'openingPayable', series: 'OP{yyyy}{mm}{dd}-{serial:4}' });

/** What a customer had paid in advance by the first day. */
export const openingCredit = openingAdvance(customerSide, { type: 'openingCredit', series: 'OC{yyyy}{mm}{dd}-{serial:4}' });

/** What we had paid a supplier in advance by the first day. */
export const openingSupplierCredit = openingAdvance(supplierSide, { type: 'openingSupplierCredit', series: 'OR{yyyy}{mm}{dd}-{serial:4}' });

interface Opening {
  readonly type: string;
  readonly series: string;
}

function openingDebt(side: Side, { type, series }: Opening) {
  return defineDocument({
    type,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    fills: moneyFills,
    copies: moneyCopies,
    fields: {
      ...openingHead(side),
      dueOn: day({ list: true }),
      ...debtFields(side),
    },
    calculation: {
      name: type,
      run: (record) => ({ ...record, values: { ...record.values, ...debtValues(side, record.values, Number(record.values.total ?? 0)) } }),
    },
    states: openingStates(),
    steps: openingSteps({
      name: `${type}Moves`,
      followed: side.settled,
      moves: (document) => [opened(side, document, placeOf(type, document.id))],
    }),
    becomes: asDebt(side, { from: ['posted'] }),
  });
}

function openingAdvance(side: Side, { type, series }: Opening) {
  return defineDocument({
    type,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    fills: moneyFills,
    copies: moneyCopies,
    fields: { ...openingHead(side), ...creditFields(side) },
    calculation: {
      name: type,
      run: (record) => ({ ...record, values: { ...record.values, ...creditValues(record.values, Number(record.values.total ?? 0)) } }),
    },
    states: openingStates(),
    steps: openingSteps({
      name: `${type}Moves`,
      followed: 'creditUsed',
      moves: (document) => {
        const { from, to, ...rest } = opened(side, document, placeOf('prepaid', Number(document.values.currency)));
        return [{ ...rest, from: to, to: from }];
      },
    }),
    becomes: asCredit(side, { from: ['posted'], limit: 'total' }),
  });
}

function opened(side: Side, { values }: AnyRecord, to: string) {
  const from = placeOf('opening', Number(values.currency));
  return { ledger: side.ledger, subject: Number(values[side.party]), from, to, amount: Number(values.total) };
}

type OpeningMove = ReturnType<typeof opened>;

function openingHead(side: Side) {
  return {
    [side.party]: partyField(side),
    day: moneyDay,
    ...moneyHead,
    total: money({ required: true, min: 1, list: true }),
    reference: text({ max: 80, search: 'code', list: true }),
  };
}

function openingStates() {
  return {
    draft: { editable: 'all', look: 'draft', deletable: true },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  } as const;
}

/** Opening figures are written, and taken back, until the company goes live. */
function openingSteps(of: { name: string; followed: string; moves: (document: AnyRecord) => OpeningMove[] }) {
  return {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [beforeGoLive, rateGiven],
      posts: { name: of.name, moves: (document: AnyRecord) => ({ moves: of.moves(document) }) },
    },
    takeBack: {
      from: ['posted'],
      to: 'draft',
      operation: 'void',
      undoes: ['post'],
      requires: [beforeGoLive, nothingFollowed(of.followed)],
      asksReason: true,
    },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  } as const;
}
