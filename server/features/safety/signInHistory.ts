import type { SignInLine, SignInResult, SignInsAnswer } from '../../../shared/contracts/signIns.ts';
import { addDays, clockTimeOf, type Day, dayOf, msOf, startOfDay } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { listSignIns, type SignInsQuery } from '../../access/history.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';

export interface HistoryQuery {
  readonly user?: number | undefined;
  readonly address?: string | undefined;
  readonly result?: SignInResult | undefined;
  /** Days in the company's time zone, both included. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly after?: number | undefined;
}

/** Who tried to come in, the newest first, 100 at a time: everybody with the right sessions.manage, else the own tries alone. */
export function signInHistory(work: Work, query: HistoryQuery): Promise<SignInsAnswer> {
  return listSignIns(work.tx, askedOf(work, query));
}

function askedOf({ actor, company }: Work, { from, to, ...query }: HistoryQuery): SignInsQuery {
  return {
    ...query,
    ...(actor.special.has('sessions.manage') ? {} : { user: actor.userId }),
    ...(from === undefined ? {} : { from: startOfDay(from, company.timeZone) }),
    ...(to === undefined ? {} : { before: startOfDay(addDays(to, 1), company.timeZone) }),
  };
}

const rowsMax = 50_000;

/** The same as a workbook; that it left the house is audited. Refuses 'export.tooMany' {count, most}. */
export async function exportSignIns(
  company: Company,
  actor: Actor,
  query: HistoryQuery,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> {
  const title = uiWords[language].settings.signIns;
  const rows = await look(company, actor, (work) => allRows(work, query, language));
  const bytes = await workbookBytes(company, {
    sheets: [{ name: title, columns: columnsIn(language), rows }],
    mark: workbookMark(company, actor, language),
  });
  const changes = { rows: rows.length, format: 'xlsx', of: 'signIns', query };
  await noteExported(company, actor, { type: 'session', changes });
  return { name: `${title}.xlsx`, bytes };
}

async function allRows(work: Work, query: HistoryQuery, language: Language): Promise<CellToWrite[][]> {
  const rows: CellToWrite[][] = [];
  for (let after = query.after ?? null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page = await listSignIns(work.tx, { ...askedOf(work, query), limit: 1000, ...(after === null ? {} : { after }) });
    rows.push(...page.rows.map((line) => cellsOf(line, work.company.timeZone, language)));
    if (rows.length > rowsMax) throw new Refusal('export.tooMany', { count: rows.length, most: rowsMax });
    after = page.next;
  }
  return rows;
}

function columnsIn(language: Language): ColumnToWrite[] {
  const { settings, general, gate, safety } = uiWords[language];
  const text = (header: string, width = 18): ColumnToWrite => ({ header, kind: 'text', width });
  return [
    ...[text(general.time, 20), text(general.user), text(gate.login), text(settings.result), text(settings.address)],
    ...[text(settings.device), text(safety.program, 40), text(settings.leftAt, 20)],
    ...[{ header: safety.minutes, kind: 'number' as const, width: 12 }, text(settings.leftBy), text(safety.endedBy)],
  ];
}

function cellsOf(line: SignInLine, timeZone: string, language: Language): CellToWrite[] {
  const { results, ends } = uiWords[language].settings;
  const at = (instant: string) => `${dayOf(instant, timeZone)} ${clockTimeOf(instant, timeZone)}`;
  return [
    ...[
      at(line.at),
      line.userName,
      line.login,
      results[line.result] + (line.viewer === null ? '' : ` (${line.viewer})`),
      line.address,
      line.device,
      line.userAgent,
    ],
    line.endedAt === null ? null : at(line.endedAt),
    line.endedAt === null ? null : Math.max(0, Math.round((msOf(line.endedAt) - msOf(line.at)) / 60_000)),
    line.endReason === null ? null : ends[line.endReason],
    line.endedBy,
  ];
}
