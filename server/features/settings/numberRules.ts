import type { NumberingAnswer } from '../../../shared/contracts/trade.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { checkSeries, readSeries, seriesOf } from '../../engine/numbering.ts';
import { allSettings, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings, type Settings, versionOf } from './companySettings.ts';

const prefix = 'numbering.';

/** How each type is numbered and what the next number would be today. */
export async function readNumbering(work: Work): Promise<NumberingAnswer> {
  const rows: NumberingAnswer['rows'] = [];
  for (const definition of numbered(work)) {
    const series = await seriesOf(work, definition);
    rows.push({
      type: definition.type,
      series,
      standard: definition.numbering?.series ?? '',
      next: await nextNumber(work, definition, series),
      drawnAt: definition.numbering?.drawnAt ?? '',
      editable: definition.numbering?.editable === true,
    });
  }
  return { version: versionIn(await allSettings(work)), rows };
}

/**
 * Gives types other series; null goes back to the standard one. Numbers already drawn stay, and a series that was used before
 * goes on where it was. Refuses 'settings.changed', 'record.notFound' for a type without numbers, 'number.badSeries'.
 */
export async function changeNumbering(work: Work, version: number, series: Readonly<Record<string, string | null>>): Promise<void> {
  if (versionIn(await lockSettings(work)) !== version) throw new Refusal('settings.changed');
  const known = new Map(numbered(work).map((definition) => [definition.type, definition]));
  const changes = Object.entries(series).map(([type, wanted]) => {
    const definition = known.get(type);
    if (!definition) throw new Refusal('record.notFound', { type });
    if (wanted !== null) checkSeries(wanted);
    return [prefix + type, wanted ?? definition.numbering?.series ?? ''] as const;
  });
  await storeSettings(work, Object.fromEntries(changes));
}

const versionIn = (settings: Settings): number => versionOf(settings, (key) => key.startsWith(prefix));

const numbered = (work: Work): Definition[] => work.company.catalogue.definitions.filter((definition) => definition.numbering);

/** A look ahead: nothing is drawn, and somebody may be faster. */
async function nextNumber(work: Work, definition: Definition, series: string): Promise<string> {
  const { period, write } = readSeries(series, work.today, await branchOf(work));
  const row = (await work.tx('number_series').where({ series: definition.type, period }).first('last')) as { last: number } | undefined;
  return write((row?.last ?? 0) + 1);
}

async function branchOf(work: Work): Promise<string> {
  const row = (await work.tx('departments').where({ id: work.actor.departmentId }).first('code')) as { code: string | null } | undefined;
  return row?.code ?? '';
}
