import type { YearDebt, YearFigures } from '../../../shared/contracts/closing.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from '../trade/currencies.ts';

/**
 * What the books hold at the end of a day, which is what they begin with on the next: goods with their value, what is owed on both
 * sides, money, and advances to people. Read beside, because it goes over years.
 */
export async function figuresAt(work: Work, day: Day): Promise<YearFigures> {
  const [stock = [], cost = [], receivable = [], payable = [], cash = [], advance = []] = await heldAt(work, day);
  const exchange = await exchangeOf(work);
  const accounts = (await work.tx('accounts').select('id', 'currency')) as { id: number; currency: number | null }[];
  const currencies = new Map(accounts.map(({ id, currency }) => [id, exchange.of(currency).id]));
  return {
    stock: goodsOf(work, stock, cost),
    receivable: debtsOf(work, 'receivable', receivable),
    payable: debtsOf(work, 'payable', payable),
    cash: cash
      .filter(({ place }) => place === 'held')
      .map(({ subject, amount }) => ({ account: subject, currency: currencies.get(subject) ?? exchange.base.id, amount })),
    advance: advance.filter(({ place }) => place === 'owed').map(({ subject, amount }) => ({ user: subject, amount })),
  };
}

interface Held {
  readonly subject: number;
  readonly place: string;
  readonly amount: number;
}

const ledgers = ['stock', 'cost', 'receivable', 'payable', 'cash', 'advance'] as const;

async function heldAt(work: Work, day: Day): Promise<Held[][]> {
  const { tx } = work;
  const queries = ledgers.map((ledger) => {
    const moves = () => tx('moves').where({ ledger }).where('day', '<=', day);
    const sides = tx
      .unionAll([
        moves().select('subject', { place: 'to_place' }, 'amount'),
        moves().select('subject', { place: 'from_place' }, tx.raw('-amount as amount')),
      ])
      .as('sides');
    const sums = tx.from(sides).groupBy('subject', 'place').havingRaw('sum(amount) <> 0').orderBy(['subject', 'place']);
    return sums.select('subject', 'place', tx.raw('sum(amount) as amount'));
  });
  return (await work.company.store.readBeside(queries)) as unknown as Held[][];
}

const isOutside = (work: Work, ledger: string, { place }: Held): boolean =>
  work.company.catalogue.ledger(ledger).outside.includes(kindOfPlace(place));

function goodsOf(work: Work, stock: readonly Held[], cost: readonly Held[]): YearFigures['stock'] {
  const goods = new Map<number, { item: number; quantity: number; value: number }>();
  const of = (item: number) => {
    const known = goods.get(item) ?? { item, quantity: 0, value: 0 };
    goods.set(item, known);
    return known;
  };
  for (const held of stock) if (!isOutside(work, 'stock', held)) of(held.subject).quantity += held.amount;
  for (const held of cost) if (held.place === 'stock') of(held.subject).value += held.amount;
  return [...goods.values()].filter(({ quantity, value }) => quantity !== 0 || value !== 0).sort((a, b) => a.item - b.item);
}

/** Places outside name the currency, those of single documents do not; both sides of a debt are equal. */
function debtsOf(work: Work, ledger: string, all: readonly Held[]): YearDebt[] {
  const debts = new Map<string, { party: number; currency: number; amount: number }>();
  for (const held of all.filter((one) => isOutside(work, ledger, one))) {
    const currency = idOfPlace(held.place);
    const key = `${held.subject}:${currency}`;
    const known = debts.get(key) ?? { party: held.subject, currency, amount: 0 };
    known.amount -= held.amount;
    debts.set(key, known);
  }
  return [...debts.values()].filter(({ amount }) => amount !== 0);
}
