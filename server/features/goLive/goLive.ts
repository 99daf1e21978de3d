import { differs } from '../../../shared/contracts/goLive.ts';
import { closedThroughKey } from '../../../shared/contracts/parameters.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings, type Settings } from '../settings/companySettings.ts';
import { type Agreement, agreedKey, controlsIn, controlsKey, figuresOf, shownOf } from './figures.ts';
import { draftsOf } from './openings.ts';

/**
 * Locks the opening figures: from here on stock and debts change by everyday documents alone. Refuses 'opening.locked' the second
 * time, 'opening.unposted' {count} while opening documents wait to be posted, because afterwards they never could be, and
 * 'opening.controlsDiffer' {count, titles} while a figure is not what the old system said: whoever has the right 'opening.force'
 * passes with a reason ('opening.reasonMissing').
 */
export async function goLive(work: Work, reason = ''): Promise<void> {
  const settings = await lockSettings(work);
  if (isLive(settings)) throw new Refusal('opening.locked');
  const count = Object.values(await draftsOf(work)).reduce((sum, drafts) => sum + drafts, 0);
  if (count > 0) throw new Refusal('opening.unposted', { count });
  const figures = await figuresOf(work, controlsIn(settings));
  const differing = figures.filter(differs);
  if (differing.length > 0) {
    const titles = (await shownOf(work, differing)).map(({ key, title }) => title || key);
    const mayForce = work.actor.administrator || work.actor.special.has('opening.force');
    if (!mayForce) throw new Refusal('opening.controlsDiffer', { count: differing.length, titles: [...new Set(titles)] });
    refuseWithoutReason(reason);
  }
  const why = differing.length > 0 ? reason.trim().slice(0, 200) : null;
  const agreed: Agreement = { at: work.now, by: work.actor.userId, reason: why, figures };
  await storeSettings(work, { live: true, [agreedKey]: agreed });
}

/**
 * Opens the opening figures again. Refuses 'access.denied' without the right 'opening.force', 'opening.reasonMissing',
 * 'opening.notLive', and 'opening.periodClosed' {through} once a month is closed: what was reported must stay what it was.
 */
export async function reopenOpening(work: Work, reason: string): Promise<void> {
  refuseUnlessRight(work.actor, 'opening.force');
  refuseWithoutReason(reason);
  const settings = await lockSettings(work);
  if (!isLive(settings)) throw new Refusal('opening.notLive');
  const through = settings.get(closedThroughKey)?.value;
  if (typeof through === 'string' && through !== '') throw new Refusal('opening.periodClosed', { through });
  const reopened: Agreement = { at: work.now, by: work.actor.userId, reason: reason.trim().slice(0, 200) };
  await storeSettings(work, { live: false, [agreedKey]: reopened });
}

/**
 * Keeps what the old system said; null takes a total away. Refuses 'opening.locked', 'settings.changed' when somebody else was
 * faster, and 'record.invalid' for keys of no figure and totals of figures the actor may not see.
 */
export async function changeControls(work: Work, version: number, totals: Readonly<Record<string, number | null>>): Promise<void> {
  const settings = await lockSettings(work);
  if (isLive(settings)) throw new Refusal('opening.locked');
  if ((settings.get(controlsKey)?.version ?? 0) !== version) throw new Refusal('settings.changed');
  const before = controlsIn(settings);
  const shown = new Set((await shownOf(work, await figuresOf(work, before))).map(({ key }) => key));
  const unknown = Object.keys(totals).filter((key) => !shown.has(key));
  if (unknown.length > 0)
    throw new Refusal(
      'record.invalid',
      { count: unknown.length },
      unknown.map((path) => ({ path, code: 'field.unknown' })),
    );
  const after = { ...before, ...totals };
  await storeSettings(work, { [controlsKey]: Object.fromEntries(Object.entries(after).filter(([, total]) => total !== null)) });
}

const isLive = (settings: Settings): boolean => settings.get('live')?.value === true;

function refuseWithoutReason(reason: string): void {
  if (reason.trim() === '') throw new Refusal('opening.reasonMissing', {}, [{ path: 'reason', code: 'field.required' }]);
}
