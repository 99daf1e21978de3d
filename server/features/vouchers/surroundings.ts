import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { type Exchange, exchangeOf } from '../trade/currencies.ts';

/** What moves say by themselves and what stands around them: documents with their rates and taxes, subjects with their names. */
export interface Surroundings {
  readonly numberOf: (move: StoredMove) => string;
  /** In minor units of the company's currency, at the document's own rate where it has one. */
  readonly baseAmount: (move: StoredMove) => number;
  /** How much of the document's total is tax; null where it has none. */
  readonly taxShare: (move: StoredMove) => { tax: number; total: number } | null;
  readonly subjectOf: (move: StoredMove) => { type: string; name: string };
  /** More particular names of a place: money in a bank account is no till. */
  readonly particular: (move: StoredMove, kind: string) => string[];
}

interface Head {
  readonly number: string;
  readonly currency: number | null;
  readonly exchangeRate: number | null;
  readonly taxTotal: number | null;
  readonly total: number | null;
}

export async function surroundingsOf(work: Work, moves: readonly StoredMove[]): Promise<Surroundings> {
  const exchange = await exchangeOf(work);
  const heads = await headsOf(work, moves);
  const subjects = await subjectsOf(work, moves);
  const accounts = await accountsOf(work);
  const headOf = (move: StoredMove): Head | undefined => heads.get(`${move.document_type}:${move.document_id}`);
  const currencyOf = (move: StoredMove): number => currencyOfMove(move, headOf(move), accounts) ?? exchange.base.id;
  return {
    numberOf: (move) => headOf(move)?.number ?? '',
    baseAmount: (move) => inBase(move.amount, { currency: currencyOf(move), head: headOf(move), exchange }),
    taxShare: (move) => {
      const { taxTotal, total } = headOf(move) ?? {};
      return taxTotal && total ? { tax: taxTotal, total } : null;
    },
    subjectOf: (move) => subjects.get(`${move.ledger}:${move.subject}`) ?? { type: '', name: '' },
    particular: (move, kind) => (kind === 'held' ? [`held.${accounts.get(move.subject)?.kind ?? 'other'}`] : []),
  };
}

interface KnownAccount {
  readonly currency: number | null;
  readonly kind: string;
}

/** Costs and advances are in the company's own money, an account in its own; debts name theirs at one of their places, or by the document. */
function currencyOfMove(move: StoredMove, head: Head | undefined, accounts: ReadonlyMap<number, KnownAccount>): number | null {
  if (move.ledger === 'cash') return accounts.get(move.subject)?.currency ?? null;
  if (move.ledger !== 'receivable' && move.ledger !== 'payable') return null;
  const named = [move.from_place, move.to_place].find((place) => !documentPlace(place) && idOfPlace(place) > 0);
  return named === undefined ? (head?.currency ?? null) : idOfPlace(named);
}

/** Places of debts at a document are called after its type; those with a currency after what they are for. */
const documentPlace = (place: string): boolean => !currencyPlaces.includes(kindOfPlace(place));
const currencyPlaces = ['sales', 'received', 'purchases', 'paid', 'opening', 'discount', 'refunded', 'netted', 'transferred', 'prepaid'];

function inBase(amount: number, { currency, head, exchange }: { currency: number; head: Head | undefined; exchange: Exchange }): number {
  const from = exchange.of(currency);
  if (from.id === exchange.base.id) return amount;
  if (head?.exchangeRate && head.currency === currency)
    return mulDiv([amount, head.exchangeRate, 10 ** exchange.base.digits], [1_000_000_000, 10 ** from.digits]);
  return exchange.toBase(amount, from);
}

async function headsOf(work: Work, moves: readonly StoredMove[]): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>();
  for (const [type, group] of Map.groupBy(moves, (move) => move.document_type)) {
    const definition = work.company.catalogue.find(type);
    if (!definition) continue;
    const wanted = ['number', 'currency', 'exchangeRate', 'taxTotal', 'total'].filter((name) => definition.fields[name]);
    const columns = Object.fromEntries(wanted.map((name) => [name, columnOf(name)]));
    const ids = [...new Set(group.map((move) => move.document_id))];
    for (let start = 0; start < ids.length; start += 500) {
      const rows = (await work
        .tx(tableOf(definition))
        .whereIn('id', ids.slice(start, start + 500))
        .select({ id: 'id', ...columns })) as (Partial<Head> & { id: number })[];
      for (const { id, ...head } of rows) {
        const { number = '', currency = null, exchangeRate = null, taxTotal = null, total = null } = head;
        heads.set(`${type}:${id}`, { number, currency, exchangeRate, taxTotal, total });
      }
    }
  }
  return heads;
}

async function subjectsOf(work: Work, moves: readonly StoredMove[]): Promise<Map<string, { type: string; name: string }>> {
  const names = new Map<string, { type: string; name: string }>();
  for (const [ledger, group] of Map.groupBy(moves, (move) => move.ledger)) {
    const type = work.company.catalogue.ledger(ledger).subject;
    const definition = work.company.catalogue.get(type);
    const ids = [...new Set(group.map((move) => move.subject))];
    for (let start = 0; start < ids.length; start += 500) {
      const rows = (await work
        .tx(tableOf(definition))
        .whereIn('id', ids.slice(start, start + 500))
        .select({ id: 'id', name: columnOf(definition.title) })) as { id: number; name: string }[];
      for (const { id, name } of rows) names.set(`${ledger}:${id}`, { type, name });
    }
  }
  return names;
}

async function accountsOf(work: Work): Promise<Map<number, KnownAccount>> {
  const rows = (await work.tx('accounts').select('id', 'currency', { kind: 'account_kind' })) as (KnownAccount & { id: number })[];
  return new Map(rows.map(({ id, ...account }) => [id, account]));
}
