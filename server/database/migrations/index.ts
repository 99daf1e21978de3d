import type { Migration } from '../migration.ts';
import { migration as system } from './0001_system.ts';
import { migration as records } from './0002_records.ts';
import { migration as records2 } from './0003_records2.ts';
import { migration as sales } from './0004_sales.ts';
import { migration as delivery } from './0005_delivery.ts';
import { migration as books } from './0006_books.ts';
import { migration as purchase } from './0007_purchase.ts';
import { migration as money } from './0008_money.ts';
import { migration as money2 } from './0009_money2.ts';
import { migration as stock } from './0010_stock.ts';
import { migration as stock2 } from './0011_stock2.ts';

/** Every migration there is, in order. Written by `npm run migration`. */
export const migrations: readonly Migration[] = [system, records, records2, sales, delivery, books, purchase, money, money2, stock, stock2];
