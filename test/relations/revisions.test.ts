import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { listNotices } from '../../server/features/notices/notices.ts';
import { expireQuotations } from '../../server/features/relations/daily.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from '../trade/shop.ts';

describe.each(stores)('The life of a quotation on $name', (kind) => {
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

  const quote = async (step: string | null = 'approve') => {
    const lines = [{ item: shop.pen.id, quantity: 10 * piece, grossPrice: priced(11.3) }];
    const draft = await shop.office.create('wang', 'quotation', { customer: shop.customer.id }, { lines });
    return step ? shop.office.step('wang', draft, step) : draft;
  };
  const again = (document: { id: number }) => shop.office.read('wang', 'quotation', document.id);
  const ordered = async (quotation: StoredRecord, quantity: number) => {
    const order = await shop.office.become('wang', 'salesOrder', [{ type: 'quotation', id: quotation.id }], {
      part: 'lines',
      rows: { quantity },
    });
    return shop.office.step('wang', order, 'approve');
  };

  test('a new revision is a draft of today with the first number and what was offered; the old one stays as it was', async () => {
    const first = await quote();
    nowMs += 5 * 24 * 60 * 60_000;
    const old = await shop.office.step('wang', first, 'revise');
    const second = await again({ id: Number(old.values.revisedBy) });
    expect(second).toMatchObject({
      state: 'draft',
      values: {
        number: `${first.values.number}-R2`,
        revision: 2,
        revisionOf: first.id,
        day: '2026-03-07',
        validUntil: '2026-04-06',
        total: first.values.total,
      },
    });
    expect(second.parts.lines).toMatchObject([{ item: shop.pen.id, quantity: 10 * piece, grossPrice: priced(11.3), ordered: null }]);
    expect(await again(first)).toMatchObject({ state: 'superseded', values: { number: first.values.number, day: '2026-03-02' } });
    const approved = await shop.office.step('wang', { ...second, type: 'quotation' }, 'approve');
    const third = await again({ id: Number((await shop.office.step('wang', approved, 'revise')).values.revisedBy) });
    expect(third.values).toMatchObject({ number: `${first.values.number}-R3`, revision: 3, revisionOf: first.id });
  });

  test('what was ordered from is not revised', async () => {
    const quotation = await quote();
    await ordered(quotation, 4 * piece);
    const now = await again(quotation);
    await expect(shop.office.step('wang', now, 'revise')).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('it is won when all of it is ordered, and open again when an order is taken back', async () => {
    const quotation = await shop.office.step('wang', await quote(), 'send');
    expect(quotation.state).toBe('sent');
    await ordered(quotation, 4 * piece);
    expect((await again(quotation)).state).toBe('sent');
    const rest = await ordered(quotation, 6 * piece);
    expect((await again(quotation)).state).toBe('won');
    await expect(shop.office.step('wang', await again(quotation), 'reopen')).rejects.toMatchObject({ code: 'document.hasFollowers' });
    await shop.office.step('wang', rest, 'void', '客户改单');
    expect(await again(quotation)).toMatchObject({ state: 'approved', values: { orderedState: 'part' } });
  });

  test('it is won by hand and ordered from afterwards without changing its mind', async () => {
    const quotation = await shop.office.step('wang', await quote(), 'win');
    const order = await ordered(quotation, 4 * piece);
    await shop.office.step('wang', order, 'void', '客户改单');
    expect((await again(quotation)).state).toBe('won');
    expect((await shop.office.step('wang', await again(quotation), 'reopen')).state).toBe('approved');
  });

  test('a lost one says why, and forgets it when it is taken up again', async () => {
    const lost = await shop.office.step('wang', await quote(), 'lose', '对手便宜一成');
    expect(lost.values.reason).toBe('对手便宜一成');
    const chosen = await shop.office.change('wang', lost, { values: { lostReason: 'price' } });
    expect(chosen.values.lostReason).toBe('price');
    const open = await shop.office.step('wang', chosen, 'reopen');
    expect([open.state, open.values.lostReason]).toEqual(['approved', null]);
  });

  test('it expires by itself the day after it was valid, and its owner hears of it', async () => {
    const quotation = await quote();
    const signal = new AbortController().signal;
    nowMs = msOf('2026-04-01T04:00:00.000Z');
    expect(await expireQuotations(shop.office.company, signal)).toBe(0);
    nowMs = msOf('2026-04-02T04:00:00.000Z');
    expect(await expireQuotations(shop.office.company, signal)).toBe(1);
    expect((await again(quotation)).state).toBe('expired');
    const { rows } = await shop.office.look('wang', (work) => listNotices(work, {}));
    expect(rows).toMatchObject([{ code: 'notice.quotationExpired', facts: { title: quotation.values.number }, record: quotation.id }]);
    const renewed = await shop.office.change('wang', await again(quotation), { values: { validUntil: '2026-05-01' } });
    expect((await shop.office.step('wang', { ...renewed, type: 'quotation' }, 'reopen')).state).toBe('approved');
    expect(await expireQuotations(shop.office.company, signal)).toBe(0);
  });
});
