import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellRemark } from '../../../../shared/exchange/importAnswers.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { look } from '../../../engine/transact.ts';
import type { Actor, Company } from '../../../work.ts';
import { wordsOfRefusal } from '../words.ts';
import { readWorkbook } from '../workbook/readWorkbook.ts';
import type { CellToWrite, ColumnToWrite } from '../workbook/sheetToWrite.ts';
import { writeWorkbook } from '../workbook/writeWorkbook.ts';
import { type RejectedRow, reasonOf } from './decide.ts';
import { filesOf, readLines } from './importFiles.ts';
import { loadImport, refuseUnless, type StoredImport } from './importStore.ts';
import { textOf } from './readValue.ts';
import type { CheckedRow } from './rowReading.ts';

/**
 * The rows that were left out (or, before the commit, would be) as a workbook like the one that came: the same columns and
 * one more that says why, in the person's language. Refuses 'import.notFound', 'import.notNow'.
 */
export async function rejectedRows(company: Company, actor: Actor, id: number, language: Language): Promise<Buffer> {
  const stored = await look(company, actor, (work) => loadImport(work, id));
  refuseUnless(stored, 'checked', 'done', 'failed', 'undone');
  const reasons = await reasonsByRow(company, stored);
  const path = join(filesOf(company, id).folder, `rejected-${randomUUID()}.xlsx`);
  try {
    await writeWorkbook(path, {
      sheets: [{ name: stored.content.sheet, columns: columnsOf(stored, language), rows: rowsOf(company, stored, reasons, language) }],
    });
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}

async function reasonsByRow(company: Company, stored: StoredImport): Promise<Map<number, readonly CellRemark[]>> {
  const files = filesOf(company, stored.id);
  const reasons = new Map<number, readonly CellRemark[]>();
  if (stored.content.result) {
    for await (const row of readLines<RejectedRow>(files.rejected)) reasons.set(row.row, row.reasons);
    return reasons;
  }
  for await (const row of readLines<CheckedRow>(files.remarkable)) {
    if (row.kind !== 'clean') reasons.set(row.row, row.problems.length > 0 ? row.problems : [reasonOf(row)]);
  }
  return reasons;
}

function columnsOf({ content }: StoredImport, language: Language): ColumnToWrite[] {
  return [
    ...content.columns.map(({ header, isNumber }): ColumnToWrite => ({ header, kind: isNumber ? 'number' : 'text' })),
    { header: domainWords[language].refusals['import.reason'] ?? 'reason', kind: 'text', width: 60 },
  ];
}

async function* rowsOf(
  company: Company,
  { id, content }: StoredImport,
  reasons: ReadonlyMap<number, readonly CellRemark[]>,
  language: Language,
): AsyncGenerator<CellToWrite[]> {
  if (reasons.size === 0) return;
  const reader = await readWorkbook(filesOf(company, id).upload).catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === 'ENOENT' ? new Refusal('import.notFound') : fault;
  });
  for await (const row of reader.rows(content.sheet)) {
    const why = reasons.get(row.row);
    if (why)
      yield [...content.columns.map(({ index }) => textOf(row.cells[index])), why.map((reason) => sentence(reason, language)).join('\n')];
  }
}

function sentence({ header, code, facts, text }: CellRemark, language: Language): string {
  const words = wordsOfRefusal(language, code, { text, ...facts });
  return header ? `${header}: ${words}` : words;
}
