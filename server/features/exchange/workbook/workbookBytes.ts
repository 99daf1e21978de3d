import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Company } from '../../../work.ts';

import { type WorkbookToWrite, writeWorkbook } from './writeWorkbook.ts';

/** A workbook whole, for an answer: written row by row into the company's folder, read, and removed again. */
export async function workbookBytes(company: Pick<Company, 'folder'>, workbook: WorkbookToWrite): Promise<Buffer> {
  const folder = join(company.folder, 'exports');
  const path = join(folder, `${randomUUID()}.xlsx`);
  await mkdir(folder, { recursive: true });
  try {
    await writeWorkbook(path, workbook);
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}
