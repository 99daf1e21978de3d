import type { GoLiveAnswer, OpeningFigure, OpeningKind } from '../../../shared/contracts/goLive.ts';
import type { Instant } from '../../../shared/kernel/days.ts';
import { visibleIds } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { allSettings, type Setting } from '../../engine/settings.ts';
import type { Actor, Work } from '../../work.ts';
import { draftsOf } from './openings.ts';

/**
 * The figures a company opens with beside what its old system said, as far as the actor may see the documents behind them; once they
 * are locked, as they were agreed.
 */
export async function openingFigures(work: Work): Promise<GoLiveAnswer> {
  const settings = await allSettings(work);
  const isLive = settings.get('live')?.value === true;
  const agreement = (settings.get(agreedKey)?.value ?? null) as Agreement | null;
  const figures = (isLive ? agreement?.figures : undefined) ?? (await figuresOf(work, controlsIn(settings)));
  return {
    isLive,
    version: settings.get(controlsKey)?.version ?? 0,
    figures: await shownOf(work, figures),
    drafts: await draftsOf(work),
    agreed: agreement && (await nameOf(work, agreement)),
  };
}

export const controlsKey = 'opening.controls';
export const agreedKey = 'opening.agreed';

export type Controls = Readonly<Record<string, number>>;

/** The control totals that were entered, by the key of the figure. */
export const controlsIn = (settings: ReadonlyMap<string, Setting>): Controls => (settings.get(controlsKey)?.value ?? {}) as Controls;

/** Who locked the figures, or opened them again, when and why; with the figures that were locked. */
export interface Agreement {
  readonly at: Instant;
  readonly by: number;
  readonly reason: string | null;
  readonly figures?: readonly OpeningFigure[];
}

async function nameOf(work: Work, { at, by, reason }: Agreement): Promise<GoLiveAnswer['agreed']> {
  const person = (await work.tx('users').where({ id: by }).first('name')) as { name: string } | undefined;
  return { at, by: person?.name ?? '', reason };
}

/**
 * Those of the figures that the actor may see. A sum shows what it is made of: it is for whoever reads all the documents behind it
 * and the field that is added up; what a private account holds is for whoever sees the account.
 */
export async function shownOf(work: Work, figures: readonly OpeningFigure[]): Promise<OpeningFigure[]> {
  const accounts = figures.filter(({ kind }) => kind === 'account').map(({ key }) => idIn(key));
  const seen = await visibleIds(work, work.company.catalogue.get('account'), accounts, 'read');
  return figures.filter(({ kind, key }) => maySum(work.actor, kind) && (kind !== 'account' || seen.has(idIn(key))));
}

const idIn = (key: string): number => Number(key.slice(key.indexOf(':') + 1));

function maySum(actor: Actor, kind: OpeningKind): boolean {
  const { type, path } = sourceOf[kind];
  return actor.reach(type, 'read') === 'all' && (path === '' || actor.fieldAccess(type, path) !== 'hidden');
}

const sourceOf: Readonly<Record<OpeningKind, { readonly type: string; readonly path: string }>> = {
  items: { type: 'item', path: '' },
  customers: { type: 'customer', path: '' },
  suppliers: { type: 'supplier', path: '' },
  stockQuantity: { type: 'openingStock', path: 'lines.quantity' },
  stockValue: { type: 'openingStock', path: 'valueTotal' },
  receivable: { type: 'openingBalance', path: 'total' },
  customerAdvance: { type: 'openingCredit', path: 'total' },
  payable: { type: 'openingPayable', path: 'total' },
  supplierAdvance: { type: 'openingSupplierCredit', path: 'total' },
  account: { type: 'openingCash', path: 'amount' },
};

/** All figures, whoever asks; the rights are the caller's matter. */
export async function figuresOf(work: Work, controls: Controls): Promise<OpeningFigure[]> {
  const currencies = await currencyRows(work);
  const figures = [
    ...(await recordFigures(work)),
    ...(await stockFigures(work, currencies)),
    ...(await debtFigures(work, currencies)),
    ...(await accountFigures(work, currencies)),
  ];
  return figures.map((figure) => ({ ...figure, control: controls[figure.key] ?? null }));
}

type Figure = Omit<OpeningFigure, 'control'>;

interface CurrencyRow {
  readonly id: number;
  readonly code: string;
  readonly symbol: string | null;
  readonly digits: number;
  readonly main: number;
}

const currencyRows = async (work: Work): Promise<CurrencyRow[]> =>
  (await work
    .tx('currencies')
    .orderBy([{ column: 'main', order: 'desc' }, 'id'])
    .select('id', 'code', 'symbol', 'digits', 'main')) as CurrencyRow[];

const moneyOf = (currency: CurrencyRow | undefined): Pick<Figure, 'digits' | 'symbol'> => ({
  digits: currency?.digits ?? 2,
  symbol: currency?.symbol ?? currency?.code ?? '',
});

async function recordFigures(work: Work): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ['items', 'customers', 'suppliers'] as const) {
    const table = tableOf(work.company.catalogue.get(sourceOf[kind].type));
    const { count } = (await work.tx(table).whereNull('deleted_at').first(work.tx.raw('count(*) as count'))) as { count: number };
    figures.push({ key: kind, kind, title: '', count, amount: count });
  }
  return figures;
}

interface Sum {
  readonly of: number;
  readonly count: number;
  readonly amount: number;
}

/** What the posted documents of a kind add up to, by the record a head field names. */
async function sumsBy(work: Work, kind: OpeningKind, by: string): Promise<Map<number, Sum>> {
  const { type, path } = sourceOf[kind];
  const definition = work.company.catalogue.get(type);
  const rows = (await work
    .tx(tableOf(definition))
    .whereNull('deleted_at')
    .where({ state: 'posted' })
    .groupBy(columnOf(by))
    .select({ of: columnOf(by) }, work.tx.raw('count(*) as count, coalesce(sum(??), 0) as amount', [columnOf(path)]))) as Sum[];
  return new Map(rows.map((row) => [row.of, row]));
}

/** What opening stock put into each warehouse; lines may be in any unit, so it is asked of the ledger. */
async function quantitiesOpened(work: Work): Promise<Map<number, Sum>> {
  const rows = (await work
    .tx('moves')
    .where({ ledger: 'stock', document_type: sourceOf.stockQuantity.type })
    .groupByRaw("case when from_place = 'opening' then to_place else from_place end")
    .select(
      work.tx.raw("case when from_place = 'opening' then to_place else from_place end as place"),
      work.tx.raw("sum(case when from_place = 'opening' then 1 else -1 end) as count"),
      work.tx.raw("sum(case when from_place = 'opening' then amount else -amount end) as amount"),
    )) as { place: string; count: number; amount: number }[];
  return new Map(rows.map(({ place, count, amount }) => [idIn(place), { of: idIn(place), count, amount }]));
}

async function stockFigures(work: Work, currencies: readonly CurrencyRow[]): Promise<Figure[]> {
  const money = moneyOf(currencies.find(({ main }) => main));
  const quantities = await quantitiesOpened(work);
  const values = await sumsBy(work, 'stockValue', 'warehouse');
  const warehouses = await named(work, 'warehouses', quantities);
  return warehouses.flatMap(({ id, name }) => [
    figure('stockQuantity', { id, title: name }, quantities.get(id), {}),
    figure('stockValue', { id, title: name }, values.get(id), money),
  ]);
}

async function debtFigures(work: Work, currencies: readonly CurrencyRow[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ['receivable', 'customerAdvance', 'payable', 'supplierAdvance'] as const) {
    const sums = await sumsBy(work, kind, 'currency');
    for (const currency of currencies.filter(({ id, main }) => main || sums.has(id)))
      figures.push(figure(kind, { id: currency.id, title: currency.code }, sums.get(currency.id), moneyOf(currency)));
  }
  return figures;
}

async function accountFigures(work: Work, currencies: readonly CurrencyRow[]): Promise<Figure[]> {
  const sums = await sumsBy(work, 'account', 'account');
  const accounts = await named(work, 'accounts', sums);
  return accounts.map(({ id, name, currency }) =>
    figure('account', { id, title: name }, sums.get(id), moneyOf(currencies.find((one) => one.id === currency))),
  );
}

function figure(
  kind: OpeningKind,
  of: { id: number; title: string },
  sum: Sum | undefined,
  money: Pick<Figure, 'digits' | 'symbol'>,
): Figure {
  return { key: `${kind}:${of.id}`, kind, title: of.title, count: sum?.count ?? 0, amount: sum?.amount ?? 0, ...money };
}

/** Warehouses or accounts in use, and those no longer in use for which something was opened. */
async function named(
  work: Work,
  table: string,
  sums: ReadonlyMap<number, Sum>,
): Promise<{ id: number; name: string; currency?: number }[]> {
  const currency = table === 'accounts' ? ['currency'] : [];
  const rows = (await work
    .tx(table)
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id', 'name', 'stopped', ...currency)) as { id: number; name: string; stopped: number; currency?: number }[];
  return rows.filter(({ id, stopped }) => !stopped || sums.has(id));
}
