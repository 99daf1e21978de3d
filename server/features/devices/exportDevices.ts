import { browserOf } from '../../../shared/contracts/browserOf.ts';
import type { DeviceLine } from '../../../shared/contracts/devices.ts';
import { clockTimeOf, dayOf } from '../../../shared/kernel/days.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { writeAudit } from '../../engine/audit.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Actor, Company } from '../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../exchange/workbook/sheetToWrite.ts';
import { workbookBytes } from '../exchange/workbook/workbookBytes.ts';
import { readDevices } from './devices.ts';

/** The list of devices as a workbook; that it left the house is audited. */
export async function exportDevices(company: Company, actor: Actor, language: Language): Promise<{ name: string; bytes: Buffer }> {
  const { title } = uiWords[language].devices;
  const { rows } = await look(company, actor, readDevices);
  const cells = rows.map((line) => cellsOf(line, company.timeZone, language));
  const bytes = await workbookBytes(company, { sheets: [{ name: title, columns: columnsIn(language), rows: cells }] });
  const changes = { rows: rows.length, format: 'xlsx' };
  await transact(company, actor, (work) => writeAudit(work, { action: 'export', type: 'device', recordId: 0, changes }));
  return { name: `${title}.xlsx`, bytes };
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
