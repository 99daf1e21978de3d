import { defineRecord } from '../kernel/defineRecord.ts';
import { choice, flag, rate, text } from '../kernel/fields.ts';

/** From which paper the warehouse ships, and which one the customer owes by. */
export const outboundWays = ['order', 'notice'] as const;
export const receivableWays = ['order', 'stockOut'] as const;

/**
 * A way of selling: goods leave by the order itself or by a delivery notice that releases them, and the customer owes from the
 * order on or only for what was shipped. An order keeps the ways of its type as they were when it was approved.
 */
export const orderType = defineRecord({
  type: 'orderType',
  area: 'sales',
  title: 'name',
  visibility: { by: 'company' },
  fields: {
    name: text({ max: 60, required: true, unique: true, list: true, search: 'text', sorted: 'pinyin' }),
    outboundBy: choice(outboundWays, { required: true, default: 'order', list: true }),
    receivableFrom: choice(receivableWays, { required: true, default: 'order', list: true, secret: 'salesPrice' }),
    // So much of the order must have been paid before anything of it is released.
    depositRate: rate({ min: 0, max: 1_000_000, default: 0, list: true }),
    main: flag({ list: true }),
    stopped: flag({ list: true }),
    remark: text({ max: 200 }),
  },
});
