import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { openShop, type Shop, yuan } from '../trade/shop.ts';

/** Money on both sides of the house: what customers owe, what we owe suppliers, and what is held for either. */
describe.each(stores)('Debts are settled, on $name', (kind) => {
  let shop: Shop;
  let supplier: StoredRecord;
  let usd: number;

  beforeEach(async () => {
    shop = await openShop(kind);
    supplier = await shop.office.create('admin', 'supplier', { name: '宁波联合塑胶厂', customer: shop.customer.id });
    usd = (await shop.office.create('admin', 'currency', { code: 'USX', name: '美金', digits: 2, rate: 7_100_000_000 })).id;
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const posted = async (type: string, values: Record<string, Value>, parts = {}) =>
    shop.office.step('zhao', await shop.office.create('zhao', type, values, parts), 'post');
  const from = (source: { type: string; id: number }, amount: number) => ({ sourceType: source.type, source: source.id, amount });
  const mine = () => ({ customer: shop.customer.id });
  const theirs = () => ({ supplier: supplier.id });
  const now = async (record: { type: string; id: number }) => (await shop.office.read('zhao', record.type, record.id)).values;

  test('money is paid to a supplier over what we owed on the first day, and the rest is held in advance', async () => {
    const owed = await posted('openingPayable', { ...theirs(), total: 300 * yuan });
    const payment = await posted('payment', { ...theirs(), amount: 400 * yuan, fee: 5 * yuan }, { allocations: [from(owed, 300 * yuan)] });
    expect(payment.values).toMatchObject({ paidOut: 405 * yuan, prepaid: 100 * yuan, creditLeft: 100 * yuan });
    expect(await now(owed)).toMatchObject({ paid: 300 * yuan, openAmount: 0, paymentState: 'all' });
    const account = Number(payment.values.account);
    expect((await movesOf(shop.office, payment)).split('\n')).toEqual([
      'cash | held -> suppliers | 40000',
      'cash | held -> fees | 500',
      `payable | openingPayable:${owed.id} -> paid:${shop.cny} | 30000`,
      `payable | prepaid:${shop.cny} -> paid:${shop.cny} | 10000`,
    ]);
    expect(account).toBeGreaterThan(0);
  });

  test('what was paid to a supplier in advance is set against a later debt, and undoing gives both back', async () => {
    const payment = await posted('payment', { ...theirs(), amount: 100 * yuan });
    const owed = await posted('openingPayable', { ...theirs(), total: 300 * yuan });
    const parts = { allocations: [from(owed, 60 * yuan)], credits: [from(payment, 60 * yuan)] };
    const settled = await posted('supplierSettlement', theirs(), parts);
    expect([(await now(owed)).openAmount, (await now(payment)).creditLeft]).toEqual([240 * yuan, 40 * yuan]);
    await shop.office.step('zhao', settled, 'takeBack', '核错供应商');
    expect([(await now(owed)).openAmount, (await now(payment)).creditLeft]).toEqual([300 * yuan, 100 * yuan]);
  });

  test('an advance of the first day counts like money that came', async () => {
    const advance = await posted('openingCredit', { ...mine(), total: 80 * yuan });
    const order = await shop.order();
    await posted('settlement', mine(), { allocations: [from(order, 80 * yuan)], credits: [from(advance, 80 * yuan)] });
    expect([(await now(order)).openAmount, (await now(advance)).creditLeft]).toEqual([33 * yuan, 0]);
    await expect(shop.office.step('zhao', await latest(advance), 'takeBack', '录错')).rejects.toMatchObject({
      code: 'document.hasFollowers',
    });
  });

  const latest = async (record: { type: string; id: number }) => ({
    ...record,
    version: (await shop.office.read('zhao', record.type, record.id)).version,
  });

  test('a company that buys and sells is netted, and undoing restores both debts', async () => {
    const order = await shop.order();
    const owed = await posted('openingPayable', { ...theirs(), total: 50 * yuan });
    const parts = { allocations: [from(order, 50 * yuan)], payables: [from(owed, 50 * yuan)] };
    const netted = await posted('netting', { ...mine(), ...theirs() }, parts);
    expect([(await now(order)).openAmount, (await now(owed)).openAmount]).toEqual([63 * yuan, 0]);
    expect((await movesOf(shop.office, netted)).split('\n')).toEqual([
      `receivable | salesOrder:${order.id} -> netted:${shop.cny} | 5000`,
      `payable | openingPayable:${owed.id} -> netted:${shop.cny} | 5000`,
    ]);
    await shop.office.step('zhao', netted, 'takeBack', '对方不同意');
    expect([(await now(order)).openAmount, (await now(owed)).openAmount]).toEqual([113 * yuan, 50 * yuan]);
  });

  test('only one and the same company is netted', async () => {
    const other = await shop.office.create('admin', 'supplier', { name: '苏州包装' });
    const order = await shop.order();
    const owed = await posted('openingPayable', { supplier: other.id, total: 50 * yuan });
    const parts = { allocations: [from(order, 50 * yuan)], payables: [from(owed, 50 * yuan)] };
    await expect(posted('netting', { ...mine(), supplier: other.id }, parts)).rejects.toMatchObject({ code: 'money.notLinked' });
  });

  test('a customer takes over the debt of another one and pays it', async () => {
    const mother = await shop.office.create('wang', 'customer', { name: '宏远集团' });
    const order = await shop.order();
    const moved = await posted(
      'debtTransfer',
      { fromCustomer: shop.customer.id, customer: mother.id },
      { allocations: [from(order, 100 * yuan)] },
    );
    expect((await now(order)).openAmount).toBe(13 * yuan);
    await posted('receipt', { customer: mother.id, amount: 100 * yuan }, { allocations: [from(moved, 100 * yuan)] });
    expect(await now(moved)).toMatchObject({ openAmount: 0, paymentState: 'all' });
    await expect(shop.office.step('zhao', await latest(moved), 'takeBack', '误操作')).rejects.toMatchObject({
      code: 'document.hasFollowers',
    });
    await expect(
      posted('debtTransfer', { fromCustomer: shop.customer.id, customer: shop.customer.id }, { allocations: [from(order, yuan)] }),
    ).rejects.toMatchObject({ code: 'money.sameParty' });
  });

  test('a supplier hands on what we owe it', async () => {
    const bank = await shop.office.create('admin', 'supplier', { name: '保理公司' });
    const owed = await posted('openingPayable', { ...theirs(), total: 90 * yuan });
    const moved = await posted(
      'payableTransfer',
      { fromSupplier: supplier.id, supplier: bank.id },
      { allocations: [from(owed, 90 * yuan)] },
    );
    await posted('payment', { supplier: bank.id, amount: 90 * yuan }, { allocations: [from(moved, 90 * yuan)] });
    expect([(await now(owed)).openAmount, (await now(moved)).openAmount]).toEqual([0, 0]);
  });

  test('money is given back after it was asked for and approved', async () => {
    const receipt = await posted('receipt', { ...mine(), amount: 70 * yuan });
    const asked = await shop.office.create('zhao', 'refund', { ...mine(), purpose: '订单取消' }, { credits: [from(receipt, 50 * yuan)] });
    await expect(shop.office.step('zhao', asked, 'post')).rejects.toMatchObject({ code: 'step.notNow' });
    const approved = await shop.office.step('zhao', await shop.office.step('zhao', asked, 'submit'), 'approve');
    const paid = await shop.office.step('zhao', approved, 'post');
    expect((await now(receipt)).creditLeft).toBe(20 * yuan);
    expect((await movesOf(shop.office, paid)).split('\n')).toEqual([
      'cash | held -> customers | 5000',
      `receivable | refunded:${shop.cny} -> prepaid:${shop.cny} | 5000`,
    ]);
    await shop.office.step('zhao', paid, 'takeBack', '银行退回');
    expect((await now(receipt)).creditLeft).toBe(70 * yuan);
  });

  test('a supplier gives an advance back', async () => {
    const payment = await posted('payment', { ...theirs(), amount: 70 * yuan });
    const asked = await shop.office.create('zhao', 'supplierRefund', theirs(), { credits: [from(payment, 70 * yuan)] });
    const paid = await shop.office.step('zhao', await shop.office.step('zhao', asked, 'approve'), 'post');
    expect((await movesOf(shop.office, paid)).split('\n')[0]).toBe('cash | suppliers -> held | 7000');
    expect((await now(payment)).creditLeft).toBe(0);
  });

  test('money in another currency brings a gain or a loss when it pays', async () => {
    const account = (await shop.office.create('admin', 'account', { name: '美金户', currency: usd })).id;
    const owed = await posted('openingBalance', { ...mine(), currency: usd, total: 1000 * yuan });
    expect(owed.values.exchangeRate).toBe(7_100_000_000);
    const values = { ...mine(), account, currency: usd, exchangeRate: 7_150_000_000, amount: 1000 * yuan };
    const receipt = await posted('receipt', values, { allocations: [from(owed, 1000 * yuan)] });
    expect(receipt.values).toMatchObject({ exchangeGain: 50 * yuan, baseTotal: 7150 * yuan });
    const owing = await posted('openingPayable', { ...theirs(), currency: usd, total: 100 * yuan });
    const payment = await posted(
      'payment',
      { ...theirs(), account, currency: usd, exchangeRate: 7_200_000_000, amount: 100 * yuan },
      {
        allocations: [from(owing, 100 * yuan)],
      },
    );
    expect(payment.values.exchangeGain).toBe(-10 * yuan);
  });

  test('an advance that came at another rate shows its gain when it is settled', async () => {
    const account = (await shop.office.create('admin', 'account', { name: '美金户', currency: usd })).id;
    const owed = await posted('openingBalance', { ...mine(), currency: usd, total: 1000 * yuan });
    const advance = await posted('receipt', { ...mine(), account, currency: usd, exchangeRate: 7_050_000_000, amount: 400 * yuan });
    const parts = { allocations: [from(owed, 400 * yuan)], credits: [from(advance, 400 * yuan)] };
    expect((await posted('settlement', { ...mine(), currency: usd }, parts)).values.exchangeGain).toBe(-20 * yuan);
  });

  test('foreign money into an account of our own currency needs to be told what the bank made of it', async () => {
    const values = { ...mine(), currency: usd, amount: 100 * yuan };
    await expect(posted('receipt', values)).rejects.toMatchObject({ code: 'money.accountCurrency' });
    const receipt = await posted('receipt', { ...values, fee: 2 * yuan, accountAmount: 700 * yuan });
    expect((await movesOf(shop.office, receipt)).split('\n').slice(0, 2)).toEqual([
      'cash | customers -> held | 71420',
      'cash | held -> fees | 1420',
    ]);
    const asked = await shop.office.create('zhao', 'refund', { ...mine(), currency: usd }, { credits: [from(receipt, 10 * yuan)] });
    const approved = await shop.office.step('zhao', asked, 'approve');
    await expect(shop.office.step('zhao', approved, 'post')).rejects.toMatchObject({ code: 'money.accountCurrency' });
  });

  test('a rate is needed for foreign money and only for that', async () => {
    const draft = await shop.office.create('zhao', 'receipt', { ...mine(), currency: usd, amount: yuan, accountAmount: 7 * yuan });
    const emptied = await shop.office.change('zhao', draft, { values: { exchangeRate: null } });
    await expect(shop.office.step('zhao', emptied, 'post')).rejects.toMatchObject({ code: 'money.rateMissing' });
    await expect(posted('receipt', { ...mine(), amount: yuan, exchangeRate: 2_000_000_000 })).rejects.toMatchObject({
      code: 'money.rateOfOwnCurrency',
    });
  });

  describe('nothing is settled that does not belong together', () => {
    const settle = (parts: object, values = {}) => posted('settlement', { ...mine(), ...values }, parts);

    test('more than is open, and what is settled already', async () => {
      const [order, receipt] = [await shop.order(), await posted('receipt', { ...mine(), amount: 500 * yuan })];
      const parts = (amount: number) => ({ allocations: [from(order, amount)], credits: [from(receipt, amount)] });
      await expect(settle(parts(114 * yuan))).rejects.toMatchObject({
        code: 'money.overOpen',
        facts: { open: 113 * yuan, wanted: 114 * yuan },
        fields: [{ path: 'allocations.0.amount' }],
      });
      await settle(parts(113 * yuan));
      await expect(settle(parts(yuan))).rejects.toMatchObject({ code: 'money.alreadySettled' });
    });

    test('unequal sides, and rows of no document', async () => {
      const [order, receipt] = [await shop.order(), await posted('receipt', { ...mine(), amount: 500 * yuan })];
      await expect(settle({ allocations: [from(order, 20 * yuan)], credits: [from(receipt, 10 * yuan)] })).rejects.toMatchObject({
        code: 'money.unbalanced',
        facts: { allocated: 20 * yuan, credited: 10 * yuan },
      });
      await expect(settle({ allocations: [{ amount: yuan }], credits: [from(receipt, yuan)] })).rejects.toMatchObject({
        code: 'money.withoutSource',
      });
    });

    test('another currency, and somebody else’s documents', async () => {
      const other = await shop.office.create('wang', 'customer', { name: '安徽广达' });
      const foreign = await posted('openingBalance', { ...mine(), currency: usd, total: 10 * yuan });
      const strange = await posted('openingBalance', { customer: other.id, total: 10 * yuan });
      const receipt = await posted('receipt', { ...mine(), amount: 500 * yuan });
      const with_ = (debt: StoredRecord) => settle({ allocations: [from(debt, yuan)], credits: [from(receipt, yuan)] });
      await expect(with_(foreign)).rejects.toMatchObject({ code: 'money.otherCurrency' });
      await expect(with_(strange)).rejects.toMatchObject({ code: 'money.otherParty' });
    });

    test('money in the place of a debt', async () => {
      const receipt = await posted('receipt', { ...mine(), amount: 500 * yuan });
      const other = await posted('receipt', { ...mine(), amount: 50 * yuan });
      await expect(settle({ allocations: [from(receipt, yuan)], credits: [from(other, yuan)] })).rejects.toMatchObject({
        code: 'flow.noWay',
      });
    });

    test('and it is undone only by whoever has the right', async () => {
      const [order, receipt] = [await shop.order(), await posted('receipt', { ...mine(), amount: yuan })];
      const settled = await settle({ allocations: [from(order, yuan)], credits: [from(receipt, yuan)] });
      const position = await shop.office.id('positions', { code: 'accountant' });
      const kept = await shop.office.read('admin', 'position', position);
      const rights = (kept.parts.specialRights ?? []).filter((row) => row.right !== 'settlement.undo').map(({ id: _id, ...row }) => row);
      await shop.office.change('admin', { type: 'position', id: position, version: kept.version }, { parts: { specialRights: rights } });
      await expect(shop.office.step('zhao', settled, 'takeBack', '试试')).rejects.toMatchObject({ code: 'money.undoDenied' });
    });
  });
});
