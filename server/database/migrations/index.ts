import type { Migration } from '../migration.ts';
import { migration as system } from './0001_system.ts';
import { migration as records } from './0002_records.ts';
import { migration as sales } from './0003_sales.ts';
import { migration as delivery } from './0004_delivery.ts';
import { migration as money } from './0005_money.ts';
import { migration as stock } from './0006_stock.ts';

/** Every migration there is, in order. Written by `npm run migration`. */
export const migrations: readonly Migration[] = [system, records, sales, delivery, money, stock];
