import type { ArchiveInside } from '../../shared/contracts/restoring.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { addDays, type Day, dayOf, type Instant, startOfDay } from '../../shared/kernel/days.ts';
import type { TableSpec } from '../database/tableSpec.ts';
import { tableOf } from '../database/tables.ts';
import { proposalFor, unknownBetween, usualDays } from '../features/numbering/propose.ts';
import { rowsOf, tablesIn } from './loadBackup.ts';
import type { Archive } from './readArchive.ts';

/** How far the number series of an archive would be moved on, would it be restored at a moment. Refuses 'backup.damaged' {file}. */
export async function proposalsIn(
  archive: Archive,
  { catalogue, now }: { catalogue: Catalogue; now: Instant },
): Promise<ArchiveInside['numbers']> {
  const { company, takenAt } = archive.manifest;
  const days = unknownBetween(dayOf(takenAt, company.timeZone), dayOf(now, company.timeZone));
  const tables = new Map((await tablesIn(archive)).map((table) => [table.name, table]));
  const rules = await ownRules(archive, tables.get('settings'));
  const drawn = await drawnByType(archive, tables.get('number_series'));
  const rows = [];
  for (const definition of catalogue.definitions) {
    if (!definition.numbering) continue;
    const { type } = definition;
    const known = {
      type,
      pattern: rules.get(type) ?? definition.numbering.series,
      last: drawn.get(type) ?? new Map<string, number>(),
      made: await madeByDay(archive, { table: tables.get(tableOf(definition)), from: days.from }),
    };
    rows.push(proposalFor(known, days, ''));
  }
  return { days, rows };
}

const rulePrefix = 'numbering.';

/** The rules that a company has chosen instead of the standard ones, by type. */
async function ownRules(archive: Archive, table: TableSpec | undefined): Promise<Map<string, string>> {
  const rules = new Map<string, string>();
  for await (const { key, value } of rowsIn(archive, table)) {
    const rule: unknown = String(key).startsWith(rulePrefix) ? JSON.parse(String(value)) : null;
    if (typeof rule === 'string') rules.set(String(key).slice(rulePrefix.length), rule);
  }
  return rules;
}

async function drawnByType(archive: Archive, table: TableSpec | undefined): Promise<Map<string, Map<string, number>>> {
  const drawn = new Map<string, Map<string, number>>();
  for await (const { series, period, last } of rowsIn(archive, table)) {
    const periods = drawn.get(String(series)) ?? new Map<string, number>();
    drawn.set(String(series), periods.set(String(period), Number(last)));
  }
  return drawn;
}

/** Only of the days that tell what is usual. */
async function madeByDay(archive: Archive, { table, from }: { table: TableSpec | undefined; from: Day }): Promise<Map<Day, number>> {
  const { timeZone } = archive.manifest.company;
  const since = startOfDay(addDays(from, 1 - usualDays), timeZone);
  const made = new Map<Day, number>();
  for await (const row of rowsIn(archive, table)) {
    const at = String(row.created_at);
    if (at < since) continue;
    const day = dayOf(at, timeZone);
    made.set(day, (made.get(day) ?? 0) + 1);
  }
  return made;
}

/** Nothing for a table that the release of the archive did not have. */
async function* rowsIn(archive: Archive, table: TableSpec | undefined): AsyncIterable<Readonly<Record<string, string | number | null>>> {
  if (!table || !archive.manifest.tables.some(({ name }) => name === table.name)) return;
  for await (const rows of rowsOf(archive, table)) yield* rows;
}
