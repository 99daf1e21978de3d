import { browserOf } from '../../../shared/contracts/browserOf.ts';
import type { DeviceLine, DevicesAnswer } from '../../../shared/contracts/devices.ts';
import { clockTimeOf, dayOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { look } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { workbookMark } from '../handOuts/marks.ts';
import { noteExported } from '../handOuts/noteExport.ts';
import { type DevicesQuery, listDevices } from './devices.ts';

const rowsMax = 50_000;

/** The devices sought as a workbook; that it leaves the house is on record. Refuses 'export.tooMany' {count, most} and 'export.dayLimit'. */
export async function exportDevices(
  company: Company,
  actor: Actor,
  query: Pick<DevicesQuery, 'text' | 'state'>,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> {
  const { title } = uiWords[language].devices;
  const rows = await look(company, actor, (work) => allRows(work, query, language));
  const bytes = await workbookBytes(company, {
    sheets: [{ name: title, columns: columnsIn(language), rows }],
    mark: workbookMark(company, actor, language),
  });
  await noteExported(company, actor, { type: 'device', changes: { rows: rows.length, format: 'xlsx', query } });
  return { name: `${title}.xlsx`, bytes };
}

async function allRows(work: Work, query: Pick<DevicesQuery, 'text' | 'state'>, language: Language): Promise<CellToWrite[][]> {
  const rows: CellToWrite[][] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page: DevicesAnswer = await listDevices(work, { ...query, after, limit: 500 });
    rows.push(...page.rows.map((line) => cellsOf(line, work.company.timeZone, language)));
    if (rows.length > rowsMax) throw new Refusal('export.tooMany', { count: rows.length, most: rowsMax });
    after = page.next;
  }
  return rows;
}

function columnsIn(language: Language): ColumnToWrite[] {
  const { devices, general, settings, safety } = uiWords[language];
  const text = (header: string, width = 20): ColumnToWrite => ({ header, kind: 'text', width });
  return [
    ...[text(devices.name), text(devices.state), text(general.user), text(settings.address), text(safety.program, 30)],
    ...[text(devices.firstSeen), text(settings.lastSeenAt), text(devices.approvedBy), text(devices.approvedAt), text(devices.from, 30)],
  ];
}

function cellsOf(line: DeviceLine, timeZone: string, language: Language): CellToWrite[] {
  const { states } = uiWords[language].devices;
  const at = (instant: string | null) => (instant === null ? null : `${dayOf(instant, timeZone)} ${clockTimeOf(instant, timeZone)}`);
  return [
    ...[line.name, states[line.state], line.userName, line.address, browserOf(line.userAgent)],
    ...[at(line.firstSeenAt), at(line.lastSeenAt), line.approvedBy, at(line.approvedAt), line.addresses?.join(' · ') ?? null],
  ];
}
