import { documents } from './documents/index.ts';
import { ledgers } from './documents/ledgers.ts';
import { Catalogue } from './kernel/catalogue.ts';
import { records } from './records/index.ts';

/** The catalogue the product ships with. */
export const catalogue = new Catalogue([...records, ...documents], ledgers);
