import { msOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { countMark, keptUntilMarked } from '../access/memory.ts';
import { forgetSafety } from '../access/safety.ts';
import { clock } from '../clock.ts';
import type { Company, Work } from '../work.ts';
import { writeAudit } from './audit.ts';

export interface Setting {
  readonly value: unknown;
  readonly version: number;
}

// Settings are read with every document and changed a few times a year.
const cache = new WeakMap<Company, Map<string, Setting>>();
const changedAtMs = new WeakMap<Company, number>();
keptUntilMarked(forgetValues);

/** All settings of the company; kept in memory until one is changed. */
export async function allSettings(work: Work): Promise<ReadonlyMap<string, Setting>> {
  const known = cache.get(work.company);
  if (known) return known;
  const rows = (await work.tx('settings').select('key', 'value', 'version')) as { key: string; value: string; version: number }[];
  const settings = new Map(rows.map((row) => [row.key, { value: JSON.parse(row.value) as unknown, version: row.version }]));
  // Inside a writing transaction a value may be seen that is rolled back later, and a work that began before the last change
  // sees what was there then.
  if (work.readOnly && msOf(work.now) > (changedAtMs.get(work.company) ?? 0)) cache.set(work.company, settings);
  return settings;
}

/** One setting's value; undefined when the company has not chosen. */
export async function settingOf(work: Work, key: string): Promise<unknown> {
  return (await allSettings(work)).get(key)?.value;
}

/** Forgets what is kept in memory, after a commit that changed it (here or in another process). */
export const forgetSettings = (company: Company): void => {
  forgetValues(company);
  forgetSafety(company);
};

function forgetValues(company: Company): void {
  changedAtMs.set(company, clock.now());
  cache.delete(company);
}

/** Stores settings; with a version given, refuses 'settings.changed' when somebody else was faster. */
export async function storeSettings(
  work: Work,
  values: Readonly<Record<string, Value | object>>,
  versions: Readonly<Record<string, number>> = {},
): Promise<void> {
  // First of all, as everywhere: two works that lock crosswise would have to be tried again.
  await countMark(work, 'settings');
  const before = await allSettings(work);
  for (const [key, value] of Object.entries(values)) {
    const known = before.get(key);
    if (versions[key] !== undefined && versions[key] !== (known?.version ?? 0)) throw new Refusal('settings.changed', { key });
    const row = {
      key,
      value: JSON.stringify(value),
      version: (known?.version ?? 0) + 1,
      changed_at: work.now,
      changed_by: work.actor.userId,
    };
    await work.tx('settings').insert(row).onConflict('key').merge();
    await writeAudit(work, { action: 'setting', type: 'setting', recordId: 0, changes: { [key]: [known?.value ?? null, value] } });
  }
  work.afterCommit(() => forgetSettings(work.company));
}
