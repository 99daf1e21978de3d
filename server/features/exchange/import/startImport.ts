import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportPlan } from '../../../../shared/exchange/importPlan.ts';
import { targetOfHeading } from '../../../../shared/exchange/importPlan.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { look, transact } from '../../../engine/transact.ts';
import type { Actor, Company, Work } from '../../../work.ts';
import type { RowCells } from '../workbook/cells.ts';
import { readWorkbook } from '../workbook/readWorkbook.ts';
import { filesOf, importsFolder } from './importFiles.ts';
import { defaultOptions, type ImportContent, importable, insertImport, type SheetColumn } from './importStore.ts';
import { textOf } from './readValue.ts';
import { mappingFor } from './targets.ts';

export interface UploadedFile {
  readonly type: string;
  /** What the person's file is called: shown, never used as a path. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sheet?: string;
}

/**
 * Takes a workbook or CSV in, looks at its headings and proposes a mapping; gives the new import's id. Refuses what the
 * readers refuse, 'import.empty', 'import.notImportable', 'record.unknownType' and 'access.denied'.
 */
export async function startImport(company: Company, actor: Actor, file: UploadedFile): Promise<number> {
  const { plan } = await look(company, actor, async (work) => importable(work, file.type));
  const arriving = join(importsFolder(company), `arriving-${randomUUID()}`);
  await mkdir(importsFolder(company), { recursive: true });
  try {
    await writeFile(arriving, file.bytes);
    const sheet = await readHeadings(plan, arriving, file.sheet);
    return await transact(company, actor, (work) => keep(work, plan, file, { arriving, sheet }));
  } finally {
    await rm(arriving, { force: true });
  }
}

async function keep(work: Work, plan: ImportPlan, file: UploadedFile, of: { arriving: string; sheet: Headings }): Promise<number> {
  const mapping = mappingFor(work, plan, of.sheet.columns, await rememberedHeadings(work, plan));
  const content: ImportContent = {
    ...of.sheet,
    mapping,
    options: defaultOptions,
    counts: {},
    waiting: {},
    choices: {},
    remarks: 0,
    missing: [],
  };
  const id = await insertImport(work, { type: plan.type, name: shownName(file.name), content });
  const files = filesOf(work.company, id);
  await mkdir(files.folder, { recursive: true });
  await rename(of.arriving, files.upload);
  return id;
}

type Headings = Pick<ImportContent, 'sheet' | 'headingRow' | 'columns'>;

const rowsLookedAt = 30;
const headingRowsLookedAt = 10;
const samplesMax = 3;

async function readHeadings(plan: ImportPlan, path: string, sheet: string | undefined): Promise<Headings> {
  const reader = await readWorkbook(path);
  const rows: RowCells[] = [];
  for await (const row of reader.rows(sheet)) {
    rows.push(row);
    if (rows.length === rowsLookedAt) break;
  }
  const heading = headingIn(plan, rows.slice(0, headingRowsLookedAt));
  if (!heading) throw new Refusal('import.empty');
  const below = rows.filter((row) => row.row > heading.row);
  const columns = heading.cells.flatMap((cell, index): SheetColumn[] => {
    const header = textOf(cell).trim().slice(0, 200);
    if (header === '') return [];
    const filled = below.map((row) => row.cells[index]).filter((one) => one !== undefined && one.kind !== 'empty');
    const sample = filled.slice(0, samplesMax).map((one) => textOf(one).slice(0, 100));
    return [{ index, header, sample, isNumber: filled.length > 0 && filled.every((one) => one?.kind === 'number') }];
  });
  return { sheet: sheet ?? reader.sheets[0] ?? '', headingRow: heading.row, columns };
}

/** The row with the most headings we know: many sheets begin with a title. */
function headingIn(plan: ImportPlan, rows: readonly RowCells[]): RowCells | undefined {
  const known = (row: RowCells) => row.cells.filter((cell) => targetOfHeading(plan, textOf(cell)) !== null).length;
  return rows.reduce<RowCells | undefined>((best, row) => (!best || known(row) > known(best) ? row : best), undefined);
}

const importsRemembered = 20;

/** How people mapped these headings before: what was right for the last file is right for the next of its kind. */
async function rememberedHeadings(work: Work, plan: ImportPlan): Promise<Map<string, string | null>> {
  const rows = (await work
    .tx('imports')
    .where({ type: plan.type, created_by: work.actor.userId, state: 'done' })
    .orderBy('id', 'desc')
    .limit(importsRemembered)
    .select('content')) as { content: string }[];
  const remembered = new Map<string, string | null>();
  for (const row of rows) {
    const { columns, mapping } = JSON.parse(row.content) as ImportContent;
    for (const { index, header } of columns) {
      const target = mapping[index];
      if (target && !remembered.has(header)) remembered.set(header, target);
    }
  }
  return remembered;
}

const shownName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200) || '?';
