import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { listNotices } from '../../server/features/notices/notices.ts';
import { markLostCustomers, tellBirthdays, tellIdleCustomers } from '../../server/features/relations/daily.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import type { Filter } from '../../shared/contracts/wire.ts';
import { dayOf, instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const dayMs = 24 * 60 * 60_000;

describe.each(stores)('The life of a customer on $name', (kind) => {
  let shop: Shop;
  let nowMs: number;
  const realNow = clock.now;

  beforeEach(async () => {
    nowMs = msOf('2026-03-02T04:00:00.000Z');
    clock.now = () => nowMs;
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const today = () => dayOf(instantOf(nowMs), 'Asia/Shanghai');
  const later = (days: number) => {
    nowMs += days * dayMs;
  };
  const signal = new AbortController().signal;
  const customerNow = async (id = shop.customer.id) => (await shop.office.read('sun', 'customer', id)).values;
  const statusNow = async (id?: number) => {
    const entry = await shop.office.read('sun', 'dictionaryEntry', Number((await customerNow(id)).status));
    return entry.values.code;
  };
  const set = (values: Record<string, Value>) =>
    shop.office.work('admin', async (work) => changeSettings(work, (await readSettings(work)).version, values));
  const noticesOf = async (who: string, code: string) =>
    (await shop.office.look(who, (work) => listNotices(work, {}))).rows.filter((row) => row.code === code);
  const namesWhere = async (type: string, filter: Filter) => {
    const { rows } = await shop.office.look('sun', (work) =>
      listRecords(work, work.company.catalogue.get(type), { filter, fields: ['name'] }),
    );
    return rows.map((row) => row.values.name);
  };

  test('begins as a prospect, is active with its first order, lost after a long silence and won back by an order', async () => {
    expect(await statusNow()).toBe('potential');
    await shop.order();
    expect([await statusNow(), (await customerNow()).statusSince]).toEqual(['active', instantOf(nowMs)]);
    later(364);
    expect(await markLostCustomers(shop.office.company, signal)).toBe(0);
    later(2);
    expect(await markLostCustomers(shop.office.company, signal)).toBe(1);
    expect([await statusNow(), (await customerNow()).statusSince]).toEqual(['lost', instantOf(nowMs)]);
    later(1);
    await shop.order();
    expect(await statusNow()).toBe('regained');
  });

  test('a company that gives no number of days, or keeps no such status, loses nobody', async () => {
    await shop.order();
    later(5000);
    await set({ 'parameter.customerLostDays': 0 });
    expect(await markLostCustomers(shop.office.company, signal)).toBe(0);
    await set({ 'parameter.customerLostDays': 10 });
    const lost = await shop.office.read('admin', 'dictionaryEntry', await shop.office.id('dictionary_entries', { code: 'lost' }));
    await shop.office.change('admin', lost, { values: { code: null } });
    expect(await markLostCustomers(shop.office.company, signal)).toBe(0);
  });

  test('a status set by hand is dated too', async () => {
    const status = await shop.office.id('dictionary_entries', { code: 'new' });
    const other = await shop.office.create('wang', 'customer', { name: '绍兴新店', status });
    later(3);
    const potential = await shop.office.id('dictionary_entries', { code: 'potential' });
    await shop.office.change('wang', other, { values: { status: potential } });
    expect((await customerNow(other.id)).statusSince).toBe(instantOf(nowMs));
  });

  test('every document and contact counts as activity, and silence is found by its days', async () => {
    await tellIdleCustomers(shop.office.company);
    expect((await customerNow()).lastActivityOn).toBe(today());
    later(20);
    await shop.office.create('wang', 'contact', { customer: shop.customer.id, name: '陈先生' });
    expect((await customerNow()).lastActivityOn).toBe(today());
    later(31);
    expect(await namesWhere('customer', { field: 'lastActivityOn', is: 'olderThan', value: 30 })).toEqual(['浙江宏远贸易有限公司']);
    expect(await namesWhere('customer', { field: 'lastActivityOn', is: 'olderThan', value: 31 })).toEqual([]);
    await expect(namesWhere('customer', { field: 'lastActivityOn', is: 'olderThan', value: -1 })).rejects.toMatchObject({
      code: 'list.badValue',
    });
  });

  test('its owner is reminded once when nothing has happened for as long as the company says', async () => {
    await tellIdleCustomers(shop.office.company);
    later(29);
    expect(await tellIdleCustomers(shop.office.company)).toBe(0);
    later(1);
    expect(await tellIdleCustomers(shop.office.company)).toBe(1);
    later(1);
    expect(await tellIdleCustomers(shop.office.company)).toBe(0);
    expect(await noticesOf('wang', 'notice.idleCustomer')).toMatchObject([
      { facts: { title: '浙江宏远贸易有限公司', days: 30 }, type: 'customer', record: shop.customer.id },
    ]);
    await shop.order();
    later(30);
    expect(await tellIdleCustomers(shop.office.company)).toBe(1);
    await set({ 'parameter.customerIdleDays': 0 });
    later(7);
    expect(await tellIdleCustomers(shop.office.company)).toBe(0);
  });

  test('a birthday is announced a few days before, once a year, and found over the turn of the year', async () => {
    const contact = (name: string, birthday: string) =>
      shop.office.create('wang', 'contact', { customer: shop.customer.id, name, birthday });
    await contact('陈先生', '1980-03-04');
    await contact('林小姐', '1991-03-20');
    await contact('元旦', '1970-01-01');
    expect(await tellBirthdays(shop.office.company)).toBe(1);
    expect(await tellBirthdays(shop.office.company)).toBe(0);
    expect(await noticesOf('wang', 'notice.birthday')).toMatchObject([
      { facts: { title: '陈先生', customer: '浙江宏远贸易有限公司', day: '2026-03-04' }, type: 'contact' },
    ]);
    const soon = (value: number): Filter => ({ field: 'birthday', is: 'comesRoundWithin', value });
    expect(await namesWhere('contact', soon(18))).toEqual(['陈先生', '林小姐']);
    nowMs = msOf('2026-12-30T04:00:00.000Z');
    expect(await namesWhere('contact', soon(5))).toEqual(['元旦']);
    nowMs = msOf('2027-03-03T04:00:00.000Z');
    expect(await tellBirthdays(shop.office.company)).toBe(1);
    await set({ 'parameter.birthdayDays': 0 });
    expect(await tellBirthdays(shop.office.company)).toBe(0);
  });

  test('nobody answers to themselves, however long the way', async () => {
    const chief = await shop.office.create('wang', 'contact', { customer: shop.customer.id, name: '总经理' });
    const buyer = await shop.office.create('wang', 'contact', { customer: shop.customer.id, name: '采购', superior: chief.id });
    await expect(shop.office.change('wang', chief, { values: { superior: buyer.id } })).rejects.toMatchObject({
      code: 'tree.circle',
      fields: [{ path: 'superior' }],
    });
  });
});
