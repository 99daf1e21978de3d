import { z } from 'zod';
import type { StoredRecord } from '../../database/rows.ts';
import { look, transact } from '../../engine/transact.ts';
import { award, comparisonOf } from '../../features/purchase/comparison.ts';
import { purchaseExecution } from '../../features/purchase/execution.ts';
import { marginOf } from '../../features/purchase/margin.ts';
import { orderPlanned, purchasePlan } from '../../features/purchase/plan.ts';
import { purchasePrices } from '../../features/purchase/purchasePrices.ts';
import { type Route, route } from '../route.ts';
import { flagPart, idPart, idsPart, textPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const monthsPart = z
  .string()
  .regex(/^(1[0-2]|[1-9])$/)
  .transform(Number);
const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What buyers ask beyond the records themselves: prices, comparison of offers, what to order. */
export const purchaseRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/purchase/prices',
    access: { right: 'see.purchasePrice' },
    summary: 'What items cost at a supplier: its prices by quantity, the last one paid, and those of others',
    query: z.strictObject({ items: idsPart, supplier: idPart.optional(), currency: idPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => purchasePrices(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/purchase/inquiries/:id/comparison',
    access: { right: 'see.purchasePrice' },
    summary: 'What suppliers answered to an inquiry, side by side',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => comparisonOf(work, idOf(ask))) }),
  }),
  route({
    method: 'post',
    path: '/api/purchase/inquiries/:id/award',
    access: { right: 'see.purchasePrice' },
    summary: 'Purchase orders for the suppliers that get the work, one for each',
    creates: true,
    body: z.strictObject({ awards: z.array(z.strictObject({ offer: id, row: id, quantity: amount })).max(5000) }),
    handle: async (ask) => ({
      json: {
        orders: await transact(ask.company, ask.actor, async (work) => (await award(work, idOf(ask), ask.body.awards)).map(named)),
      },
    }),
  }),
  route({
    method: 'get',
    path: '/api/purchase/execution/:type/:id',
    access: { operation: 'read' },
    summary: 'How far an order or contract with a supplier has come',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => purchaseExecution(work, definitionOf(ask), idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/purchase/margin/:id',
    access: { right: 'see.purchasePrice' },
    summary: 'What a sales order brings over what was bought for it',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => marginOf(work, idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/purchase/plan',
    access: { right: 'see.purchasePrice' },
    summary: 'What should be bought, how much of it and where',
    query: z.strictObject({
      search: textPart.optional(),
      category: idPart.optional(),
      warehouse: idPart.optional(),
      monthsBack: monthsPart.optional(),
      monthsAhead: monthsPart.optional(),
      all: flagPart.optional(),
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => purchasePlan(work, ask.query)) }),
  }),
  route({
    method: 'post',
    path: '/api/purchase/plan/orders',
    access: { right: 'see.purchasePrice' },
    summary: 'Purchase orders for what was planned, one for each supplier',
    creates: true,
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ item: id, supplier: id, quantity: amount, warehouse: id.nullish(), grossPrice: amount.nullish() }))
        .max(2000),
    }),
    handle: async (ask) => ({
      json: { orders: await transact(ask.company, ask.actor, async (work) => (await orderPlanned(work, ask.body.lines)).map(named)) },
    }),
  }),
];

const named = (order: StoredRecord) => ({ type: order.type, id: order.id, number: order.values.number });
