import type { ReleaseAnswer, ReleaseRow } from '../../../shared/contracts/selling.ts';
import type { CreditRules } from '../../../shared/documents/creditRules.ts';
import type { DepositFacts, ReleaseRules } from '../../../shared/documents/delivery/releaseFacts.ts';
import { releaseReasons } from '../../../shared/documents/delivery/releaseRules.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { positionsOfMany } from '../trade/credit.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';
import { creditRulesFor } from './credit.ts';
import { depositsOf, releaseRulesOf, type Shelves, shelvesOf, shortOf } from './release.ts';

export interface ReleaseQuery {
  readonly customer?: number | undefined;
  readonly item?: number | undefined;
  readonly owner?: number | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * Every line of an approved order that goes by delivery notice and is not released in full, the earliest delivery first, with what a
 * release is measured by and why it would be held up. Refuses 'access.denied' when the actor may write no notice.
 */
export async function releaseBoard(work: Work, query: ReleaseQuery): Promise<ReleaseAnswer> {
  refuseUnlessMay(work, work.company.catalogue.get('deliveryNotice'), 'create');
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const found = (await openLines(work, query).limit(limit + 1)) as OpenLine[];
  const shown = found.slice(0, limit);
  const scene = await sceneOf(work, shown);
  const rows = shown.map((line) => rowOf(work, line, scene));
  const last = shown.at(-1);
  const next = last && found.length > limit ? cursorFrom([last.deliver_by ?? latest, last.row]) : null;
  return { rows, titles: await titlesOf(work, rows), next };
}

/** Lines without a day of delivery come last. */
const latest = '9999-12-31';

interface OpenLine {
  readonly order: number;
  readonly number: string;
  readonly row: number;
  readonly day: string;
  readonly customer: number;
  readonly owner: number | null;
  readonly currency: number;
  readonly total: number | null;
  readonly deliver_by: string | null;
  readonly delivery_address: string | null;
  readonly item: number;
  readonly name: string | null;
  readonly spec: string | null;
  readonly unit: string | null;
  readonly unit_ratio: number | null;
  readonly warehouse: number | null;
  readonly quantity: number;
  readonly released: number | null;
  readonly shipped: number | null;
}

function openLines(work: Work, query: ReleaseQuery) {
  const lines = work
    .tx({ line: 'sales_order_lines' })
    .join({ sold: 'sales_orders' }, 'sold.id', 'line.parent')
    .where({ 'sold.state': 'approved', 'sold.outbound_by': 'notice' })
    .whereNull('sold.deleted_at')
    .whereRaw('coalesce(line.released, 0) < line.quantity');
  restrict(work, work.company.catalogue.get('salesOrder'), lines, 'read', 'sold');
  if (query.customer !== undefined) lines.where('sold.customer', query.customer);
  if (query.owner !== undefined) lines.where('sold.owner', query.owner);
  if (query.item !== undefined) lines.where('line.item', query.item);
  if (query.after !== undefined) {
    const [day = '', row = 0] = readCursor(query.after, ['text', 'number']);
    lines.whereRaw('(coalesce(sold.deliver_by, ?) > ? or (coalesce(sold.deliver_by, ?) = ? and line.id > ?))', [
      latest,
      day,
      latest,
      day,
      row,
    ]);
  }
  return lines
    .orderByRaw('coalesce(sold.deliver_by, ?), line.id', [latest])
    .select({ order: 'sold.id', row: 'line.id' }, 'sold.number', 'sold.day', 'sold.customer', 'sold.owner', 'sold.currency', 'sold.total')
    .select('sold.deliver_by', 'sold.delivery_address', 'line.item', 'line.name', 'line.spec', 'line.unit', 'line.unit_ratio')
    .select('line.warehouse', 'line.quantity', 'line.released', 'line.shipped');
}

/** What all the lines of a page are measured by, each looked up once. */
interface Scene {
  readonly credits: ReadonlyMap<number, CreditRules>;
  readonly deposits: ReadonlyMap<number, DepositFacts>;
  readonly shelves: Shelves;
  readonly rules: ReleaseRules;
}

async function sceneOf(work: Work, lines: readonly OpenLine[]): Promise<Scene> {
  const customers = [...new Set(lines.map((line) => line.customer))];
  const positions = await positionsOfMany(work, customers);
  const { rules, credits: facts } = await creditRulesFor(work, customers, 'release');
  const credits = new Map(
    customers.map((customer): [number, CreditRules] => [customer, { ...rules, credit: facts.get(customer) ?? null }]),
  );
  const orders = [...new Set(lines.map((line) => line.order))];
  return {
    credits,
    deposits: await depositsOf(work, orders, (customer) => positions.get(customer)),
    shelves: await shelvesOf(work, lines),
    rules: await releaseRulesOf(work),
  };
}

function rowOf(work: Work, line: OpenLine, scene: Scene): ReleaseRow {
  const ratio = line.unit_ratio ?? 1_000_000;
  const open = line.quantity - (line.released ?? 0);
  const wanted = { item: line.item, warehouse: line.warehouse ?? 0, quantity: mulDiv([open, ratio], [1_000_000]) };
  const stock = shortOf([wanted], scene.shelves);
  const credit = scene.credits.get(line.customer);
  const deposit = scene.deposits.get(line.order);
  const reasons = credit ? releaseReasons({ credit, release: { deposits: deposit ? [deposit] : [], stock, rules: scene.rules } }) : [];
  const free = stock[0]?.free;
  return {
    order: line.order,
    number: line.number,
    row: line.row,
    day: line.day,
    customer: line.customer,
    owner: line.owner,
    deliverBy: line.deliver_by,
    deliveryAddress: line.delivery_address,
    item: line.item,
    name: line.name,
    spec: line.spec,
    unit: line.unit,
    warehouse: line.warehouse,
    quantity: line.quantity,
    released: line.released ?? 0,
    shipped: line.shipped ?? 0,
    open,
    free: free === undefined ? null : mulDiv([free, 1_000_000], [ratio]),
    ...moneyOf(work, line, { deposit, credit }),
    reasons: reasons.map(({ code, level = 'approve', facts }) => ({ code, level, ...(facts && seesFacts(work, code) ? { facts } : {}) })),
  };
}

function moneyOf(
  work: Work,
  line: OpenLine,
  { deposit, credit }: { deposit: DepositFacts | undefined; credit: CreditRules | undefined },
): Partial<ReleaseRow> {
  const { catalogue } = work.company;
  const money = isVisible(work.actor, catalogue.get('salesOrder'), 'total')
    ? { currency: line.currency, total: line.total ?? 0, paid: deposit?.paid ?? 0, needed: deposit?.needed ?? 0 }
    : {};
  if (!credit?.credit || !isVisible(work.actor, catalogue.get('customer'), 'creditLimit')) return money;
  const { limit, used, overdueDays } = credit.credit;
  return { ...money, creditLeft: limit ? limit - used : null, overdueDays };
}

/** What a reason tells in figures only who may see them reads; that there is one, everybody. */
function seesFacts(work: Work, code: string): boolean {
  const { catalogue } = work.company;
  if (code.startsWith('credit.')) return isVisible(work.actor, catalogue.get('customer'), 'creditLimit');
  return code !== 'release.depositMissing' || isVisible(work.actor, catalogue.get('salesOrder'), 'total');
}

const titlesOf = (work: Work, rows: readonly ReleaseRow[]) => {
  const idsIn = (pick: (row: ReleaseRow) => number | null | undefined): Set<number> =>
    new Set(rows.map(pick).filter((id) => typeof id === 'number'));
  return titlesFor(
    work,
    new Map([
      ['customer', idsIn((row) => row.customer)],
      ['item', idsIn((row) => row.item)],
      ['warehouse', idsIn((row) => row.warehouse)],
      ['user', idsIn((row) => row.owner)],
    ]),
  );
};
