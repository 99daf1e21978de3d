import type { Definition } from '../kernel/definition.ts';
import { contact } from './contact.ts';
import { customer } from './customer.ts';
import { customerItem } from './customerItem.ts';
import { account, currency, dictionaryEntry, paymentMethod, taxCode } from './finance.ts';
import { item, itemCategory, warehouse } from './item.ts';
import { lot } from './lot.ts';
import { orderType } from './orderType.ts';
import { department, position, user } from './people.ts';
import { printTemplate } from './printTemplate.ts';
import { supplier } from './supplier.ts';
import { supplierPrice } from './supplierPrice.ts';

/** Master data, in the order a new company fills it. */
export const records: readonly Definition[] = [
  department,
  position,
  user,
  currency,
  taxCode,
  dictionaryEntry,
  account,
  paymentMethod,
  orderType,
  warehouse,
  itemCategory,
  item,
  lot,
  customer,
  contact,
  customerItem,
  supplier,
  supplierPrice,
  printTemplate,
];
