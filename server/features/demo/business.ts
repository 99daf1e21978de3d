import type { Share, ShareFacts } from '../../../shared/documents/shares.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow, Definition, Value } from '../../../shared/kernel/definition.ts';
import type { StoredRecord } from '../../database/rows.ts';
import type { Work } from '../../work.ts';
import { type Bulk, numbered } from './bulk.ts';
import { type Customer, depositRate, type Masters } from './masters.ts';
import type { Random } from './random.ts';
import type { Shelves } from './shelves.ts';

/** What one stretch of the history needs to know. */
export interface Story {
  readonly work: Work;
  readonly bulk: Bulk;
  readonly random: Random;
  readonly masters: Masters;
  readonly shelves: Shelves;
  readonly today: string;
  /** Fewest and most lines of an order. */
  readonly lines: readonly [number, number];
}

export interface Plan {
  readonly day: string;
  /** How far the order has come: the newest ones are still being written. */
  readonly stage: 'draft' | 'pending' | 'open' | 'old';
}

const setting = { currencyDigits: 2, baseDigits: 2 };
const one = 1_000_000;

/** Writes a stretch of orders and what followed from each: delivery and money. */
export async function makeOrders(story: Story, plans: readonly Plan[]): Promise<void> {
  const definition = story.work.company.catalogue.get('salesOrder');
  const drafts = plans.map((plan) => orderFor(story, definition, plan));
  const orders = await story.bulk.store(
    story.work,
    definition,
    drafts.map((draft) => draft.record),
    (order) => stampOf(order, Number(order.values.owner)),
  );
  const approved = orders.filter((order) => order.state === 'approved' || order.state === 'completed');
  const kept = new Proxy({}, { get: () => true });
  await story.bulk.post(
    story.work,
    approved.map((document) => ({
      document,
      part: 'lines',
      step: 'approve',
      moves: definition.steps?.approve?.posts?.moves(withMarks(document, 'lines'), { stockKept: kept }).moves ?? [],
    })),
  );
  await ship(story, approved);
  await collect(
    story,
    approved.map((order) => ({ order, paid: Number(order.values.received ?? 0) })).filter(({ paid }) => paid > 0),
  );
}

const stampOf = (record: AnyRecord, by: number) => ({
  at: `${record.values.day}T0${(record.values.number as string).length % 8}:30:00.000Z`,
  by,
});

const withMarks = (document: StoredRecord, part: string): AnyRecord => ({
  ...document,
  parts: { ...document.parts, [part]: numbered(document.parts[part] ?? []) },
});

function orderFor(story: Story, definition: Definition, plan: Plan): { record: AnyRecord } {
  const { random, masters } = story;
  const customer = masters.customers[random.skewed(masters.customers.length)];
  if (!customer) throw new RangeError('a history needs customers');
  const isApproved = plan.stage === 'open' || plan.stage === 'old';
  const fate = plan.stage === 'old' ? fateOfOld(random.whole(1, 100)) : fateOfOpen(random);
  const lines = linesFor(story, customer).map((line) => ({
    ...line,
    shipped: isApproved ? story.shelves.take(line, fate.shipped) : 0,
  }));
  const waitsForRelease = plan.stage === 'open' && fate.shipped === 0;
  const values: Record<string, Value> = {
    number: story.bulk.numberFor(definition, plan.day),
    customer: customer.id,
    contact: masters.contacts.get(customer.id) ?? null,
    day: plan.day,
    currency: masters.currency,
    exchangeRate: 1_000_000_000,
    inOwnCurrency: true,
    termDays: customer.termDays,
    monthEndTerms: customer.monthEndTerms,
    deliveryAddress: customer.address,
    deliverBy: addDays(plan.day, random.whole(3, 20)),
    discountRate: 0,
    discountAmount: 0,
    roundOff: 0,
    owner: customer.owner,
    department: customer.department,
    received: 0,
    ...(waitsForRelease ? byNotice(masters) : byOrder(masters)),
  };
  const reckon = (record: AnyRecord) => definition.calculation?.run(record, setting) ?? record;
  const reckoned = reckon({ id: 0, version: 1, type: definition.type, state: 'approved', values, parts: { lines: numbered(lines) } });
  if (!isApproved) return { record: { ...reckoned, state: plan.stage } };
  const received = Math.floor((Number(reckoned.values.total) * fate.paid) / 100);
  const done = reckon({ ...reckoned, values: { ...reckoned.values, received } });
  return { record: definition.calculation?.reaction?.(done) === 'complete' ? { ...done, state: 'completed' } : done };
}

const byOrder = ({ orderType }: Masters) => ({ orderType, outboundBy: 'order', receivableFrom: 'order', depositRate: 0 });
const byNotice = ({ depositType }: Masters) => ({ orderType: depositType, outboundBy: 'notice', receivableFrom: 'order', depositRate });

/** How much of an order is shipped and paid, in hundredths. */
interface Fate {
  readonly shipped: number;
  readonly paid: number;
}

/** Of a hundred old orders 94 are shipped and three in part, 88 are paid and five in part. */
const fateOfOld = (draw: number): Fate => ({
  shipped: draw <= 94 ? 100 : draw <= 97 ? 50 : 0,
  paid: draw <= 88 ? 100 : draw <= 93 ? 40 : 0,
});

/** The newest orders are on their way. */
const fateOfOpen = (random: Random): Fate => ({ shipped: random.pick([0, 0, 50, 100]), paid: random.pick([0, 0, 40, 100]) });

function linesFor(story: Story, customer: Customer): Record<string, Value>[] {
  const { random, masters } = story;
  const items = new Set(Array.from({ length: random.whole(...story.lines) }, () => random.skewed(masters.items.length)));
  return [...items].map((index) => {
    const item = masters.items[index] as StoredRecord;
    const level = (item.parts.prices ?? []).find((row) => row.level === customer.priceLevel);
    return {
      item: item.id,
      name: item.values.name ?? null,
      spec: item.values.spec ?? null,
      unit: item.values.unit ?? null,
      unitRatio: one,
      quantity: random.whole(1, 12) * one,
      grossPrice: Number(level?.grossPrice ?? item.values.grossPrice),
      priceBasis: 'gross',
      discount: random.pick([0, 0, 0, 20_000, 30_000]),
      taxCode: masters.tax.id,
      taxRate: masters.tax.rate,
      gift: false,
      warehouse: masters.warehouses[random.whole(0, 1)] ?? null,
    };
  });
}

async function ship(story: Story, orders: readonly StoredRecord[]): Promise<void> {
  const definition = story.work.company.catalogue.get('stockOut');
  const shipped = orders.filter((order) => (order.parts.lines ?? []).some((line) => Number(line.shipped) > 0));
  const drafts = shipped.map((order) => {
    const day = notAfter(story.today, addDays(String(order.values.day), story.random.whole(1, 6)));
    const values = {
      number: story.bulk.numberFor(definition, day),
      customer: order.values.customer ?? null,
      contact: order.values.contact ?? null,
      day,
      keeper: story.masters.clerk,
      deliveryAddress: order.values.deliveryAddress ?? null,
      ...travelOf(story, order.id, day),
      owner: order.values.owner ?? null,
      department: order.values.department ?? null,
    };
    const lines = (order.parts.lines ?? []).filter((line) => Number(line.shipped) > 0).map((line) => noteLine(order, line));
    const note: AnyRecord = { id: 0, version: 1, type: definition.type, state: 'posted', values, parts: { lines: numbered(lines) } };
    const posting = definition.steps?.post?.posts?.moves(note, {
      ...story.shelves.factsFor(note),
      orderShares: sharesFor(order, note),
    }) ?? { moves: [] };
    story.shelves.carry(posting.moves);
    const costs = new Map((posting.rows ?? []).map((row) => [row.id, row.values]));
    const costed = {
      ...note,
      values: { ...values, ...posting.values },
      parts: { lines: (note.parts.lines ?? []).map((line) => ({ ...line, ...costs.get(line.id) }) as AnyRow) },
    };
    return { record: definition.calculation?.run(costed, setting) ?? costed, moves: posting.moves };
  });
  const notes = await story.bulk.store(
    story.work,
    definition,
    drafts.map((draft) => draft.record),
    (note) => stampOf(note, story.masters.clerk),
  );
  await story.bulk.post(
    story.work,
    notes.map((document, index) => ({ document, part: 'lines', step: 'post', moves: drafts[index]?.moves ?? [] })),
  );
}

/** How a delivery travelled; all but the last days' and a few others were signed for. */
function travelOf({ masters, today }: Story, order: number, day: string): Record<string, Value> {
  const carrier = masters.carriers[order % masters.carriers.length] ?? null;
  const signedOn = addDays(day, 1 + ((order * 7) % 6));
  const isSigned = signedOn <= addDays(today, -3) && order % 97 !== 0;
  return {
    carrier,
    parcelNumber: carrier === null ? null : `7${String(order * 7919).padStart(11, '0')}`,
    signedOn: isSigned ? signedOn : null,
    signedBy: isSigned ? '仓库收货' : null,
  };
}

/** Each order of a history is delivered once: nothing of it was taken before. */
const sharesFor = (order: StoredRecord, note: AnyRecord): ShareFacts =>
  Object.fromEntries(
    (note.parts.lines ?? []).flatMap((line) => {
      const row = (order.parts.lines ?? []).find(({ id }) => id === line.sourceRow);
      if (!row) return [];
      const [netAmount, grossAmount] = [Number(row.netAmount), Number(row.grossAmount)];
      const whole = { netAmount, grossAmount, baseNetAmount: netAmount, cost: 0 };
      const taken = { quantity: 0, netAmount: 0, grossAmount: 0, baseNetAmount: 0, cost: 0 };
      const share: Share = {
        type: order.type,
        id: order.id,
        state: order.state ?? null,
        head: order.values,
        row,
        currencyDigits: 2,
        whole,
        taken,
      };
      return [[line.id, share]];
    }),
  );

const noteLine = (order: StoredRecord, line: AnyRow): Record<string, Value> => ({
  sourceType: order.type,
  source: order.id,
  sourceRow: line.id,
  sourceNumber: order.values.number ?? null,
  item: line.item ?? null,
  name: line.name ?? null,
  spec: line.spec ?? null,
  unit: line.unit ?? null,
  unitRatio: one,
  warehouse: line.warehouse ?? null,
  quantity: Number(line.shipped),
});

async function collect(story: Story, paid: readonly { order: StoredRecord; paid: number }[]): Promise<void> {
  const { random, masters } = story;
  const definition = story.work.company.catalogue.get('receipt');
  const drafts = paid.map(({ order, paid: amount }) => {
    const day = notAfter(story.today, addDays(String(order.values.day), random.whole(2, 40)));
    const isBank = random.chance(80);
    const values = {
      number: story.bulk.numberFor(definition, day),
      customer: order.values.customer ?? null,
      day,
      account: masters.accounts[isBank ? 0 : random.whole(0, masters.accounts.length - 1)] ?? null,
      paymentMethod: masters.method,
      currency: masters.currency,
      amount,
      fee: isBank && amount > 100_000 && random.chance(30) ? random.whole(5, 30) * 100 : 0,
      owner: order.values.owner ?? null,
      department: order.values.department ?? null,
    };
    const row = {
      sourceType: order.type,
      source: order.id,
      sourceRow: null,
      sourceNumber: order.values.number ?? null,
      sourceTotal: Number(order.values.total),
      sourceOpen: Number(order.values.total),
      amount,
    };
    const record: AnyRecord = {
      id: 0,
      version: 1,
      type: definition.type,
      state: 'posted',
      values,
      parts: { allocations: numbered([row]) },
    };
    return definition.calculation?.run(record, setting) ?? record;
  });
  const receipts = await story.bulk.store(story.work, definition, drafts, (receipt) => stampOf(receipt, masters.accountant));
  await story.bulk.post(
    story.work,
    receipts.map((document) => ({
      document,
      part: 'allocations',
      step: 'post',
      moves: definition.steps?.post?.posts?.moves(withMarks(document, 'allocations'), {}).moves ?? [],
    })),
  );
}

const notAfter = (today: string, day: string): string => (day > today ? today : day);

/** Quotations that led nowhere yet: written, waiting, sent, lost. */
export async function makeQuotations(story: Story, days: readonly string[]): Promise<void> {
  const definition = story.work.company.catalogue.get('quotation');
  const drafts = days.map((day) => {
    const customer = story.masters.customers[story.random.skewed(story.masters.customers.length)] as Customer;
    const isRecent = day >= addDays(story.today, -30);
    const state = isRecent
      ? story.random.pick(['draft', 'pending', 'approved', 'approved'])
      : story.random.pick(['lost', 'expired', 'approved']);
    const values: Record<string, Value> = {
      number: story.bulk.numberFor(definition, day),
      customer: customer.id,
      contact: story.masters.contacts.get(customer.id) ?? null,
      day,
      currency: story.masters.currency,
      exchangeRate: 1_000_000_000,
      inOwnCurrency: true,
      validUntil: addDays(day, 30),
      discountRate: 0,
      discountAmount: 0,
      roundOff: 0,
      owner: customer.owner,
      department: customer.department,
    };
    const record: AnyRecord = {
      id: 0,
      version: 1,
      type: definition.type,
      state,
      values,
      parts: { lines: numbered(linesFor(story, customer)) },
    };
    return definition.calculation?.run(record, setting) ?? record;
  });
  await story.bulk.store(story.work, definition, drafts, (quotation) => stampOf(quotation, Number(quotation.values.owner)));
}
