import { z } from 'zod';
import { languages } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { drawSheet } from '../../features/printing/sheetPaper.ts';
import { deliveryPaper, deliveryStatus } from '../../features/selling/deliveryStatus.ts';
import { releaseBoard } from '../../features/selling/releaseBoard.ts';
import { releaseLines } from '../../features/selling/releaseLines.ts';
import { deliveryQuality, inTransit, onLoan } from '../../features/selling/transit.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { cursorPart, dayPart, idPart, isPlain, limitPart } from './queryParts.ts';
import { idOf } from './records.ts';

const idNumber = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const page = { after: cursorPart.optional(), limit: limitPart.optional() };

/** Releasing and shipping beyond what single documents do. Stands before the generic doors. */
export const sellingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/orders/:id/delivery',
    access: 'signedIn',
    summary: 'How far the goods of an order have come, and the same in words for the customer',
    query: z.strictObject({ language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => deliveryStatus(work, idOf(ask), ask.query.language)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/orders/:id/delivery/paper',
    access: 'signedIn',
    summary: 'The same as PDF',
    query: z.strictObject({ language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => {
      const { name, paper } = await look(ask.company, ask.actor, (work) => deliveryPaper(work, idOf(ask), ask.query.language));
      return { bytes: await drawSheet(paper), mediaType: 'application/pdf', fileName: name, inline: true };
    },
  }),
  route({
    method: 'get',
    path: '/api/release',
    access: 'signedIn',
    summary: 'Order lines waiting for release, and what holds each of them up',
    query: z.strictObject({
      customer: idPart.optional(),
      item: idPart.optional(),
      owner: idPart.optional(),
      ...page,
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => releaseBoard(work, ask.query)) }),
  }),
  route({
    method: 'post',
    path: '/api/release',
    access: 'signedIn',
    creates: true,
    summary: 'Releases order lines: approved delivery notices, one for each customer and address, all or none',
    body: z.strictObject({
      lines: z
        .array(z.strictObject({ order: idNumber, row: idNumber, quantity: idNumber }))
        .min(1)
        .max(500),
      reason: z.string().max(200).refine(isPlain).optional(),
      confirmed: z.array(z.string().max(60)).max(20).optional(),
    }),
    handle: async (ask) => ({ json: await once(ask, (work) => releaseLines(work, ask.body)), status: 201 }),
  }),
  route({
    method: 'get',
    path: '/api/transit',
    access: 'signedIn',
    summary: 'Deliveries that nobody has signed for',
    query: z.strictObject(page),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => inTransit(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/transit/quality',
    access: 'signedIn',
    summary: 'How deliveries arrived: signed, and in time, by carrier or region',
    query: z.strictObject({ from: dayPart, to: dayPart, by: z.enum(['carrier', 'region']) }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => deliveryQuality(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/loans/open',
    access: 'signedIn',
    summary: 'Goods on loan, the oldest first',
    query: z.strictObject(page),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => onLoan(work, ask.query)) }),
  }),
];
