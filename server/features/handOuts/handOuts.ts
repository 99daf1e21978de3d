import { type HandOutKind, type HandOutLine, type HandOutsAnswer, handOutKinds } from '../../../shared/contracts/handOuts.ts';
import { clockTimeOf, type Day, dayOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../shared/language/domain/index.ts';
import { typeName } from '../../../shared/language/labels.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { linesOf, type StoredLine, titlesOfLines } from '../audit/auditTrail.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from './marks.ts';
import { noteExported } from './noteExport.ts';

export interface HandOutsQuery {
  readonly person?: number | undefined;
  readonly kind?: HandOutKind | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly after?: number | undefined;
}

/**
 * What left the house as a file or on paper, the newest first, a page at a time; read from the audit trail.
 * Workbooks and paper carry whose they are. A CSV carries it in its name alone: a line or a column more would stand among the rows
 * when it is read in again.
 */
export async function handOuts(work: Work, { kind, ...query }: HandOutsQuery): Promise<HandOutsAnswer> {
  const { lines, next } = await linesOf(work, { ...query, deeds: kind ? [kind] : handOutKinds });
  const titles = await titlesOfLines(work, lines);
  return { rows: lines.map((line) => lineFrom(line, titles[line.type]?.[line.record_id])), next };
}

interface Changes {
  readonly rows?: number;
  readonly copies?: number;
  readonly format?: string;
  readonly of?: string;
  readonly report?: string;
  /** Of what is no record: what it is called, and where it was taken. */
  readonly name?: string;
  readonly place?: string;
}

function lineFrom(line: StoredLine, title: string | undefined): HandOutLine {
  const changes = JSON.parse(line.changes ?? '{}') as Changes;
  const kind = line.action === 'print' ? 'print' : 'export';
  const named = title ?? changes.name;
  return {
    ...{ seq: line.seq, at: line.at, actor: line.actor, actorName: line.name, kind, type: line.type },
    record: line.record_id > 0 ? line.record_id : null,
    ...(named === undefined ? {} : { title: named }),
    of: changes.report ?? changes.of ?? changes.place ?? null,
    rows: changes.rows ?? changes.copies ?? (kind === 'print' ? 1 : null),
    format: changes.format ?? (kind === 'print' ? 'pdf' : null),
    address: line.address,
    device: line.device,
  };
}

const rowsMax = 50_000;

/** The same as a workbook, itself on record. Refuses 'export.tooMany' {count, most} and 'export.dayLimit'. */
export async function exportHandOuts(
  company: Company,
  actor: Actor,
  query: HandOutsQuery,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> {
  const title = uiWords[language].people.handOuts;
  const rows = await look(company, actor, (work) => allRows(work, query, language));
  const mark = workbookMark(company, actor, language);
  const bytes = await workbookBytes(company, { sheets: [{ name: title, columns: columnsIn(language), rows }], mark });
  await noteExported(company, actor, { type: 'session', changes: { rows: rows.length, format: 'xlsx', of: 'handOuts' } });
  return { name: `${title}.xlsx`, bytes };
}

async function allRows(work: Work, query: HandOutsQuery, language: Language): Promise<CellToWrite[][]> {
  const rows: CellToWrite[][] = [];
  for (let after: number | null | undefined = query.after; after !== null; ) {
    const page: HandOutsAnswer = await handOuts(work, { ...query, after });
    rows.push(...page.rows.map((line) => cellsOf(work, line, language)));
    if (rows.length > rowsMax) throw new Refusal('export.tooMany', { count: rows.length, most: rowsMax });
    after = page.next;
  }
  return rows;
}

function columnsIn(language: Language): ColumnToWrite[] {
  const { general, people, settings, audit } = uiWords[language];
  const text = (header: string, width = 18): ColumnToWrite => ({ header, kind: 'text', width });
  return [
    ...[text(general.time), text(general.user), text(audit.what), text(people.what, 30)],
    { header: people.rows, kind: 'number', width: 10 },
    ...[text(people.format, 10), text(settings.address), text(settings.device)],
  ];
}

function cellsOf({ company: { timeZone, catalogue } }: Work, line: HandOutLine, language: Language): CellToWrite[] {
  const subjects: Readonly<Record<string, string>> = uiWords[language].audit.subjects;
  const type = subjects[line.type] ?? (catalogue.find(line.type) ? typeName(domainWords[language], line.type) : line.type);
  const at = `${dayOf(line.at, timeZone)} ${clockTimeOf(line.at, timeZone)}`;
  const { reports, people } = uiWords[language];
  const names: Readonly<Record<string, string>> = { ...reports.names, ...people.handOutOf };
  const what = [type, line.title, line.of && (names[line.of] ?? line.of)].filter(Boolean).join(' · ');
  return [at, line.actorName, uiWords[language].audit.deeds[line.kind], what, line.rows, line.format, line.address, line.device];
}
