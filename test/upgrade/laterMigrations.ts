import type { Migration } from '../../server/database/migration.ts';
import { migrations as known } from '../../server/database/migrations/index.ts';

const last = known.at(-1)?.number ?? 0;

/** Three releases that were never made: new tables, columns and indexes, and data that is written anew. */
const later: readonly Migration[] = [
  {
    number: last + 1,
    name: 'birds',
    steps: [
      { createTable: 'table birds\n id integer, name text, customer integer?\n index birds_customer (customer)' },
      { addColumn: 'bird integer?', to: 'customers' },
      { createIndex: 'index customers_bird (bird)', on: 'customers' },
      { sql: 'insert into birds (name, customer) select name, id from customers' },
    ],
  },
  {
    number: last + 2,
    name: 'nests',
    steps: [
      { sql: 'update customers set bird = (select min(birds.id) from birds where birds.customer = customers.id)' },
      { addColumn: 'eggs integer = 2', to: 'birds' },
      { sql: 'update birds set eggs = eggs + 1 where id % 2 = 0' },
    ],
  },
  {
    number: last + 3,
    name: 'songs',
    steps: [
      { dropIndex: 'birds_customer' },
      { createSearchIndex: 'birds' },
      { sql: "update customers set remark = 'has a bird' where bird is not null" },
    ],
  },
];

/** A release that cannot be taken. */
const broken: Migration = { number: last + 4, name: 'broken', steps: [{ sql: 'update nowhere set x = 1' }] };

/** A release that writes every document of a kind and all its rows anew. */
const large: Migration = {
  number: last + 4,
  name: 'ribbons',
  steps: [
    { addColumn: 'ribbon integer?', to: 'sales_orders' },
    { sql: 'update sales_orders set ribbon = id' },
    { addColumn: 'ribbon integer?', to: 'sales_order_lines' },
    { sql: 'update sales_order_lines set ribbon = parent' },
    { createIndex: 'index sales_orders_ribbon (ribbon)', on: 'sales_orders' },
    { createIndex: 'index sales_order_lines_ribbon (ribbon)', on: 'sales_order_lines' },
  ],
};

export const stepsOfLater = later.reduce((sum, { steps }) => sum + steps.length, 0);

const more = [...(process.env.LATER_IS_BROKEN ? [broken] : []), ...(process.env.LATER_IS_LARGE ? [large] : [])];
export const migrations = [...known, ...later, ...more];
