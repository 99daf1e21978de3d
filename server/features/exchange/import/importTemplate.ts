import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { typeName, wordOf } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { look } from '../../../engine/transact.ts';
import type { Actor, Company } from '../../../work.ts';
import { writeTemplate } from '../workbook/writeWorkbook.ts';
import { importsFolder } from './importFiles.ts';
import { importable } from './importStore.ts';
import { mayFill } from './targets.ts';

/**
 * An empty workbook to fill in: the columns the person may fill, one row of example, and a sheet that explains them.
 * Refuses 'record.unknownType', 'import.notImportable', 'access.denied'.
 */
export async function importTemplate(
  company: Company,
  actor: Actor,
  type: string,
  language: Language,
): Promise<{ name: string; bytes: Buffer }> {
  const { plan, columns } = await look(company, actor, async (work) => {
    const known = await importable(work, type);
    return { ...known, columns: known.plan.columns.filter((column) => !column.beyondTemplate && mayFill(work, known.plan, column.target)) };
  });
  const name = typeName(domainWords[language], type, 'many');
  await mkdir(importsFolder(company), { recursive: true });
  const path = join(importsFolder(company), `template-${randomUUID()}.xlsx`);
  const notes = wordOf(domainWords[language].refusals, 'import.notes');
  try {
    await writeTemplate(path, {
      sheet: { name, columns: columns.map(({ headers }) => ({ header: headers[language][0] ?? '', kind: 'text' })) },
      sample: columns.map(({ sample }) => sample ?? ''),
      notes: { name: notes, header: notes, lines: [...plan.notes[language]] },
    });
    return { name, bytes: await readFile(path) };
  } finally {
    await rm(path, { force: true });
  }
}
