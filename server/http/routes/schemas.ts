import { z } from 'zod';
import type { Filter } from '../../../shared/contracts/wire.ts';

/** What the generic doors accept. Field by field the definition checks further; here only the shape and its limits are held. */
const value = z.union([z.string().max(250_000), z.number(), z.boolean(), z.null()]);
const name = z.string().max(80);
export const valuesSchema = z.record(name, value).refine((values) => Object.keys(values).length <= 300);

const confirmedSchema = z.array(z.string().max(60)).max(20).optional();
const reasonSchema = z.string().max(200).optional();

const stepInputSchema = z.strictObject({ name, reason: reasonSchema, confirmed: confirmedSchema });

export const inputSchema = z.strictObject({
  version: z.int().nonnegative().optional(),
  values: valuesSchema.optional(),
  parts: z.record(name, z.array(valuesSchema).max(5000)).optional(),
  confirmed: confirmedSchema,
  step: stepInputSchema.optional(),
});

export const stepSchema = z.strictObject({ version: z.int(), reason: reasonSchema, confirmed: confirmedSchema });

const filter: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(filter).max(50) }),
    z.strictObject({ any: z.array(filter).max(50) }),
    z.strictObject({ not: filter }),
    z.strictObject({
      field: z.string().max(120),
      is: z.enum([
        'equal',
        'notEqual',
        'in',
        'less',
        'lessOrEqual',
        'greater',
        'greaterOrEqual',
        'between',
        'contains',
        'startsWith',
        'empty',
        'filled',
        'under',
        'olderThan',
        'comesRoundWithin',
      ]),
      value: z.union([value, z.array(value).max(1000)]).optional(),
    }),
  ]),
);

export const listSchema = z.strictObject({
  search: z.string().max(200).optional(),
  filter: filter.optional(),
  sort: z
    .array(z.strictObject({ field: z.string().max(120), direction: z.enum(['ascending', 'descending']) }))
    .max(5)
    .optional(),
  fields: z.array(z.string().max(120)).max(200).optional(),
  after: z.string().max(4000).optional(),
  limit: z.int().min(1).max(500).optional(),
  totals: z.boolean().optional(),
  deleted: z.boolean().optional(),
  sharedWithMe: z.boolean().optional(),
});

export const pickSchema = z.strictObject({
  text: z.string().max(200).default(''),
  limit: z.int().min(1).max(50).optional(),
  filter: filter.optional(),
  context: z.strictObject({ customer: z.int().optional(), warehouse: z.int().optional() }).optional(),
});

const sources = z
  .array(
    z.strictObject({
      type: z.string().max(60),
      id: z.int().positive(),
      rows: z
        .array(z.strictObject({ id: z.int().positive(), amount: z.int().positive().optional() }))
        .max(2000)
        .optional(),
    }),
  )
  .min(1)
  .max(200);

export const sourcesSchema = z.strictObject({ sources });

export const makeSchema = z.strictObject({ sources, values: valuesSchema.optional(), step: stepInputSchema.optional() });
