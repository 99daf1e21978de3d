import { z } from 'zod';
import { customerSide } from '../../../shared/documents/money/sides.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { previewCosts, type StepToPreview } from '../../features/costing/preview.ts';
import { accountBalances, accountBook } from '../../features/trade/accountBook.ts';
import { approvalSheet } from '../../features/trade/approvalSheet.ts';
import { costCard } from '../../features/trade/costCard.ts';
import { customerBalance, customerStatement } from '../../features/trade/customerBalance.ts';
import { executionOf } from '../../features/trade/execution.ts';
import { offeredPrices } from '../../features/trade/offeredPrices.ts';
import { openSources } from '../../features/trade/openSources.ts';
import { orderDefinition } from '../../features/trade/orders.ts';
import { receivables } from '../../features/trade/receivables.ts';
import { statementPaper } from '../../features/trade/statementPaper.ts';
import { stockOf } from '../../features/trade/stock.ts';
import { stockList } from '../../features/trade/stockList.ts';
import { stockMoves } from '../../features/trade/stockMoves.ts';
import { type Route, route } from '../route.ts';
import { cursorPart, dayPart, flagPart, idPart, idsPart, limitPart, samePart, textPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';
import { inputSchema } from './schemas.ts';

const page = { after: cursorPart.optional(), limit: limitPart.optional() };
const period = { from: dayPart.optional(), to: dayPart.optional() };

/** What the movement ledger can be narrowed to. */
export const movesAsked = { item: idPart.optional(), warehouse: idPart.optional(), type: textPart.optional(), ...period };

const goods: Route[] = [
  route({
    method: 'get',
    path: '/api/prices',
    access: 'signedIn',
    summary: 'What items cost: list, level, last and floor price, tax and units',
    query: z.strictObject({ items: idsPart, customer: idPart.optional(), currency: idPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => offeredPrices(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/stock',
    access: 'signedIn',
    summary: 'On hand, promised and available by warehouse, for some items',
    query: z.strictObject({ items: idsPart }),
    handle: async (ask) => ({ json: { rows: await look(ask.company, ask.actor, (work) => stockOf(work, ask.query.items)) } }),
  }),
  route({
    method: 'get',
    path: '/api/stock/list',
    access: 'signedIn',
    summary: 'Stock overview: items by code, a row for each warehouse',
    query: z.strictObject({
      search: textPart.optional(),
      warehouse: idPart.optional(),
      category: idPart.optional(),
      itemType: textPart.optional(),
      held: flagPart.optional(),
      day: dayPart.optional(),
      ...page,
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => stockList(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/stock/moves',
    access: 'signedIn',
    summary: 'What came and went, of an item or of all, the newest first',
    query: z.strictObject({ ...movesAsked, after: idPart.optional(), limit: limitPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => stockMoves(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/stock/cost',
    access: { right: 'see.cost' },
    summary: 'Cost card: how the moving average of an item came about',
    query: z.strictObject({ item: idPart, ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => costCard(work, ask.query)) }),
  }),
];

const flow: Route[] = [
  route({
    method: 'post',
    path: '/api/records/:type/costs',
    access: { right: 'see.cost' },
    summary: 'The documents whose cost a step would change; nothing is kept',
    body: z.strictObject({ id: z.int().positive().optional(), input: inputSchema.required({ step: true }) }),
    handle: async (ask) => ({
      json: await previewCosts(ask.company, ask.actor, definitionOf(ask), ask.body as StepToPreview),
    }),
  }),
  route({
    method: 'get',
    path: '/api/records/:type/sources',
    access: { operation: 'create' },
    summary: 'Everything open that can become a new document of this type',
    query: z.strictObject({ same: samePart.optional(), ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => openSources(work, definitionOf(ask), ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/approval/:type/:id',
    access: { operation: 'read' },
    summary: 'Prices, margins and credit for whoever approves',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => approvalSheet(work, definitionOf(ask), idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/execution/:type/:id',
    access: { operation: 'read' },
    summary: 'How far an order has come',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => executionOf(work, definitionOf(ask), idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/orders/:id/execution',
    access: 'signedIn',
    summary: 'How far a sales order has come',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => executionOf(work, orderDefinition(work), idOf(ask))) }),
  }),
];

const debts: Route[] = [
  route({
    method: 'get',
    path: '/api/customers/:id/balance',
    access: 'signedIn',
    summary: 'What a customer owes and paid in advance, and its credit',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => customerBalance(work, idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/customers/:id/statement',
    access: { right: 'see.salesPrice' },
    summary: 'Statement of account of a customer',
    query: z.strictObject({ ...period, currency: idPart.optional(), goods: flagPart.optional(), ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => customerStatement(work, idOf(ask), ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/customers/:id/statement.pdf',
    access: { right: 'see.salesPrice' },
    summary: 'Statement of account on paper',
    query: z.strictObject({ ...period, currency: idPart.optional(), goods: flagPart.optional(), language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const { language, ...query } = ask.query;
      const { bytes, fileName } = await statementPaper(ask.company, ask.actor, {
        of: { side: customerSide, party: idOf(ask) },
        language,
        query,
      });
      return { bytes, mediaType: 'application/pdf', fileName, inline: true };
    },
  }),
  route({
    method: 'get',
    path: '/api/receivables',
    access: { right: 'see.salesPrice' },
    summary: 'Who owes what, by age',
    query: z.strictObject({ search: textPart.optional(), owner: idPart.optional(), ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => receivables(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/accounts/balances',
    access: 'signedIn',
    summary: 'What lies in each account',
    handle: async (ask) => ({ json: { rows: await look(ask.company, ask.actor, accountBalances) } }),
  }),
  route({
    method: 'get',
    path: '/api/accounts/:id/book',
    access: 'signedIn',
    summary: 'Cash or bank book of an account',
    query: z.strictObject({ ...period, ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => accountBook(work, idOf(ask), ask.query)) }),
  }),
];

/** Prices, stock, what can become what, approval, the way of an order, debts and accounts. Stands before the generic doors. */
export const tradeRoutes: Route[] = [...goods, ...flow, ...debts];
