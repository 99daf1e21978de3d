import type { StoredRecord } from '../../server/database/rows.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import type { Office } from '../scenarios/office.ts';

export const piece = 1_000_000;

/** A sale from quotation to receipt, as people of the office make it. */
export interface Sale {
  quotation: StoredRecord;
  order: StoredRecord;
  note: StoredRecord;
  receipt: StoredRecord;
}

export async function makeSale(office: Office): Promise<Sale> {
  await office.work('admin', (work) =>
    storeSettings(work, {
      'company.name': '上海远航商贸有限公司',
      'company.address': '上海市浦东新区张杨路 500 号 1203 室',
      'company.phone': '021-5888 6688',
      'company.taxNumber': '91310115MA1K4XQW5T',
      'company.bank': '招商银行上海张杨支行',
      'company.bankAccount': '1219 0876 5410 101',
    }),
  );
  const warehouse = await office.id('warehouses', { main: 1 });
  const taxCode = await office.id('tax_codes', { rate: 130_000 });
  const goods = [
    { name: '深沟球轴承', spec: '6204-2RS', unit: '只', grossPrice: 18_500_000 },
    { name: '不锈钢内六角螺栓', spec: 'M8×40 A2-70', unit: '盒', grossPrice: 86_000_000 },
    { name: '三相异步电动机', spec: 'YE3-90L-4 1.5kW', unit: '台', grossPrice: 1_268_000_000 },
  ];
  const items: StoredRecord[] = [];
  for (const values of goods) items.push(await office.create('admin', 'item', { ...values, taxCode, floorPrice: 1_000_000 }));
  const opening = await office.create(
    'admin',
    'openingStock',
    { warehouse },
    {
      lines: items.map(({ id }) => ({ item: id, quantity: 1000 * piece, unitCost: 12_000_000 })),
    },
  );
  await office.step('admin', opening, 'post');
  const customer = await office.create('wang', 'customer', {
    name: '浙江宏远机电设备有限公司',
    address: '浙江省宁波市鄞州区百丈东路 199 号',
    phone: '0574-8765 4321',
    taxNumber: '',
    ...(await creditOf(office)),
  });
  const contact = await office.create('wang', 'contact', { customer: customer.id, name: '王建国', mobile: '13805712233', main: true });
  const draft = await office.create(
    'wang',
    'quotation',
    {
      customer: customer.id,
      contact: contact.id,
      termDays: 30,
      monthEndTerms: true,
      deliverBy: '2026-12-05',
      validUntil: '2026-12-20',
      deliveryAddress: '宁波市鄞州区百丈东路 199 号 2 号库',
      recipient: '王建国',
      customerReference: 'PO-88231',
      remark: '请随货附合格证。',
    },
    {
      lines: items.map(({ id, values }, index) => ({
        item: id,
        quantity: (index + 2) * 5 * piece,
        grossPrice: Number(values.grossPrice),
        taxRate: 130_000,
        warehouse,
        ...(index === 0 ? { name: '深沟球轴承（进口）', unit: '只' } : {}),
      })),
    },
  );
  const quotation = await office.step('zhou', draft, 'approve');
  const ordered = await office.become('wang', 'salesOrder', [{ type: 'quotation', id: quotation.id }], { values: { signedAt: '宁波' } });
  const order = await office.step('zhou', ordered, 'approve');
  const noted = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }]);
  const note = await office.step('chen', noted, 'post');
  const received = await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], {
    values: { amount: 5_000_000, remark: '首期货款' },
  });
  const receipt = await office.step('zhao', received, 'post');
  return { quotation, order, note, receipt };
}

async function creditOf(office: Office): Promise<Record<string, number>> {
  const actor = await office.actor('wang');
  return actor.fieldAccess('customer', 'creditLimit') === 'write' ? { creditLimit: 100_000_000 } : {};
}
