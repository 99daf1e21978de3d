import type { YearAnswer, YearFigures, YearsAnswer } from '../../../shared/contracts/closing.ts';
import { closedThroughKey } from '../../../shared/contracts/parameters.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { writeAudit } from '../../engine/audit.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { settingOf } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings } from '../settings/companySettings.ts';
import { figuresAt } from './yearFigures.ts';

interface YearRow {
  readonly action: 'close' | 'reopen';
  readonly year: string;
  readonly reason: string | null;
  readonly figures: string | null;
  readonly at: string;
  readonly by: string;
}

/** The closed years, the one that can be closed next, and every closing and opening of a year there was. */
export async function yearsState(work: Work): Promise<YearsAnswer> {
  const rows = await rowsOf(work);
  const closed = closedAmong(rows);
  return {
    years: closed.map(({ year, at, by }) => ({ year, at, by })),
    next: nextYear(await settingOf(work, closedThroughKey), closed[0]?.year ?? null),
    history: rows.map(({ action, year, reason, at, by }) => ({ action, year, reason, at, by })),
  };
}

/**
 * What a year hands to the next one: what was put on record when it was closed, else what it would be. Only what the person may see
 * of values and debts. Refuses 'year.monthsOpen' {year} while months of it are open.
 */
export async function yearReport(work: Work, year: string): Promise<YearAnswer> {
  const closed = closedAmong(await rowsOf(work)).find((row) => row.year === year);
  refuseOpenMonths(await settingOf(work, closedThroughKey), year);
  const now = await figuresAt(work, lastDayOf(year));
  const figures = closed?.figures ? (JSON.parse(closed.figures) as YearFigures) : now;
  const agrees = closed ? closed.figures === JSON.stringify(now) : null;
  const seen = seenBy(work, figures);
  return { year, isClosed: closed !== undefined, agrees, figures: seen, titles: await titlesIn(work, seen) };
}

/**
 * Closes a year whose months are closed and puts on record what it hands to the next. Refuses 'year.monthsOpen' {year} and
 * 'year.alreadyClosed' {year}, also for a year before one that is closed.
 */
export async function closeYear(work: Work, year: string): Promise<void> {
  const settings = await lockSettings(work);
  refuseOpenMonths(settings.get(closedThroughKey)?.value, year);
  const [latest] = closedAmong(await rowsOf(work));
  if (latest && latest.year >= year) throw new Refusal('year.alreadyClosed', { year });
  await note(work, { action: 'close', year, reason: null, figures: JSON.stringify(await figuresAt(work, lastDayOf(year))) });
}

/** Opens a year again, the latest first. Refuses 'closing.reasonMissing' and 'year.notNewest' {year}. */
export async function reopenYear(work: Work, year: string, reason: string): Promise<void> {
  if (reason.trim() === '') throw new Refusal('closing.reasonMissing');
  await lockSettings(work);
  const [latest] = closedAmong(await rowsOf(work));
  if (latest?.year !== year) throw new Refusal('year.notNewest', { year: latest?.year ?? '' });
  await note(work, { action: 'reopen', year, reason: reason.trim().slice(0, 200), figures: null });
}

/** Refuses 'year.isClosed' {year} when months of a closed year would be opened. */
export async function refuseClosedYear(work: Work, through: Day | null): Promise<void> {
  const [latest] = closedAmong(await rowsOf(work));
  if (latest && (through === null || through < lastDayOf(latest.year))) throw new Refusal('year.isClosed', { year: latest.year });
}

const lastDayOf = (year: string): Day => `${year}-12-31`;

function refuseOpenMonths(closedThrough: unknown, year: string): void {
  if (typeof closedThrough !== 'string' || closedThrough < lastDayOf(year)) throw new Refusal('year.monthsOpen', { year });
}

/** The latest year whose last day is closed, unless it is closed itself. */
function nextYear(closedThrough: unknown, latest: string | null): string | null {
  if (typeof closedThrough !== 'string' || closedThrough === '') return null;
  const year = Number(closedThrough.slice(0, 4));
  const over = String(closedThrough >= lastDayOf(String(year)) ? year : year - 1);
  return latest === null || over > latest ? over : null;
}

const historyMax = 200;

async function rowsOf(work: Work): Promise<YearRow[]> {
  return (await work
    .tx('year_closings')
    .leftJoin('users', 'users.id', 'year_closings.actor')
    .orderBy('year_closings.id', 'desc')
    .limit(historyMax)
    .select('action', 'year', 'reason', 'figures', 'at', { by: 'users.name' })) as YearRow[];
}

/** Those that were closed and not opened since, the latest first. */
function closedAmong(rows: readonly YearRow[]): YearRow[] {
  const last = new Map<string, YearRow>();
  for (const row of rows) if (!last.has(row.year)) last.set(row.year, row);
  return [...last.values()].filter(({ action }) => action === 'close').sort((a, b) => (a.year < b.year ? 1 : -1));
}

async function note(work: Work, row: Omit<YearRow, 'at' | 'by'>): Promise<void> {
  await work.tx('year_closings').insert({ ...row, at: work.now, actor: work.actor.userId });
  await writeAudit(work, {
    action: row.action === 'close' ? 'closeYear' : 'reopenYear',
    type: 'setting',
    recordId: 0,
    changes: { year: row.year },
  });
}

function seenBy(work: Work, figures: YearFigures): YearFigures {
  const may = (right: string): boolean => work.actor.special.has(right);
  return {
    stock: may('see.cost') ? figures.stock : figures.stock.map((row) => ({ ...row, value: 0 })),
    receivable: may('see.salesPrice') ? figures.receivable : [],
    payable: may('see.purchasePrice') ? figures.payable : [],
    cash: figures.cash,
    advance: figures.advance,
  };
}

const titlesIn = (work: Work, figures: YearFigures) =>
  titlesFor(
    work,
    new Map([
      ['item', new Set(figures.stock.map(({ item }) => item))],
      ['customer', new Set(figures.receivable.map(({ party }) => party))],
      ['supplier', new Set(figures.payable.map(({ party }) => party))],
      ['account', new Set(figures.cash.map(({ account }) => account))],
      ['user', new Set(figures.advance.map(({ user }) => user))],
      ['currency', new Set([...figures.receivable, ...figures.payable, ...figures.cash].map(({ currency }) => currency))],
    ]),
  );
