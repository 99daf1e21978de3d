import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckRequest, checkImport } from '../../server/features/exchange/import/checkImport.ts';
import { commitImport } from '../../server/features/exchange/import/commitImport.ts';
import type { Choices } from '../../server/features/exchange/import/decide.ts';
import { importStatus } from '../../server/features/exchange/import/importStatus.ts';
import { startImport } from '../../server/features/exchange/import/startImport.ts';
import { writeWorkbook } from '../../server/features/exchange/workbook/writeWorkbook.ts';
import type { ImportAnswer } from '../../shared/exchange/importAnswers.ts';
import type { Office } from '../scenarios/office.ts';
import { aFile } from './fixtures.ts';

/** One of the sample workbooks, or one made here, on its way through the wizard. */
export const sample = (name: string): Promise<Buffer> => readFile(join(import.meta.dirname, '..', 'data', name));

/** A workbook of these rows, the first of them the headings. A number stands in a number cell, a text in a text cell. */
export async function sheetOf(...rows: (string | number)[][]): Promise<Buffer> {
  const [headings = [], ...below] = rows;
  const columns = headings.map((header, index) => ({
    header: String(header),
    kind: below.every((row) => typeof row[index] !== 'string') ? ('number' as const) : ('text' as const),
  }));
  const path = await aFile('sheet.xlsx');
  await writeWorkbook(path, { sheets: [{ name: '资料', columns, rows: below }] });
  return readFile(path);
}

export async function upload(office: Office, who: string, type: string, bytes: Buffer, name = 'file.xlsx'): Promise<number> {
  return startImport(office.company, await office.actor(who), { type, name, bytes });
}

export async function status(office: Office, who: string, id: number): Promise<ImportAnswer> {
  return importStatus(office.company, await office.actor(who), id);
}

export async function check(office: Office, who: string, id: number, request: CheckRequest = {}): Promise<ImportAnswer> {
  const job = await checkImport(office.company, await office.actor(who), id, request);
  await job.finished;
  return status(office, who, id);
}

export async function commit(office: Office, who: string, id: number, choices: Partial<Choices> = {}): Promise<ImportAnswer> {
  const job = await commitImport(office.company, await office.actor(who), id, { decisions: {}, existing: 'skip', ...choices });
  await job.finished;
  return status(office, who, id);
}

/** From the file to the records in one go. */
export async function taken(
  office: Office,
  who: string,
  type: string,
  bytes: Buffer,
  choices: Partial<Choices> = {},
): Promise<ImportAnswer> {
  const id = await upload(office, who, type, bytes);
  await check(office, who, id);
  return commit(office, who, id, choices);
}

/** How many living records there are of a table. */
export async function countOf(office: Office, table: string, where: Record<string, unknown> = {}): Promise<number> {
  const [row] = (await office.company.store.read((tx) => tx(table).whereNull('deleted_at').where(where).count({ count: '*' }))) as {
    count: number;
  }[];
  return Number(row?.count ?? 0);
}
