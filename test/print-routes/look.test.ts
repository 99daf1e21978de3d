import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { printRoutes } from '../../server/http/routes/print.ts';
import { openOffice, stores } from '../scenarios/office.ts';
import { openDoor } from './door.ts';
import { makeSale } from './sale.ts';

test('look', async () => {
  const office = await openOffice(stores[0]!);
  const door = await openDoor(office, printRoutes);
  const sale = await makeSale(office);
  for (const [who, name, type, id, query] of [
    ['wang', 'q', 'quotation', sale.quotation.id, ''], ['wang', 'c', 'salesOrder', sale.order.id, ''], ['wang', 'cen', 'salesOrder', sale.order.id, '?language=en'],
    ['chen', 'n', 'stockOut', sale.note.id, ''], ['chen', 'n4', 'stockOut', sale.note.id, '?template=deliveryNoteA4&language=zh-TW'], ['zhao', 'r', 'receipt', sale.receipt.id, ''],
  ] as const) {
    const answer = await door.ask(who, 'GET', `/api/print/${type}/${id}${query}`);
    if (answer.status !== 200) console.log(name, answer.status, await answer.text());
    else writeFileSync(`/tmp/look-${name}.pdf`, Buffer.from(await answer.arrayBuffer()));
  }
  await door.close();
  await office.close();
});
