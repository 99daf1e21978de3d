import { clockTimeOf, dayOf, type Instant, instantOf } from '../../../shared/kernel/days.ts';
import type { Language } from '../../../shared/language/languages.ts';
import { uiWords } from '../../../shared/language/ui/index.ts';
import { clock } from '../../clock.ts';
import { settingOf } from '../../engine/settings.ts';
import type { Actor, Company, Work } from '../../work.ts';

/** Who took something out of the house, when and with what: for the foot of every page and the properties of a file. */
export interface HandOutMark {
  readonly by: string;
  readonly at: Instant;
  readonly line: string;
}

/** What a workbook carries, in the language of its headings. */
export function workbookMark(company: Company, actor: Actor, language: Language): HandOutMark {
  const at = instantOf(clock.now());
  const time = `${dayOf(at, company.timeZone)} ${clockTimeOf(at, company.timeZone)}`;
  const from = [actor.device, actor.address].filter(Boolean).join(' ');
  const line = uiWords[language].people.takenOut
    .replace('{{name}}', actor.name)
    .replace('{{time}}', time)
    .replace('{{company}}', company.name)
    .replace('{{from}}', from);
  return { by: actor.name, at, line: line.replace(/ · $/, '') };
}

/** Part of the name of a file that can carry nothing else: the day, the time and who. */
export function nameMark(company: Company, actor: Actor): string {
  const at = instantOf(clock.now());
  const time = clockTimeOf(at, company.timeZone).slice(0, 5).replace(':', '-');
  return `${dayOf(at, company.timeZone)} ${time} ${actor.name}`;
}

/** The same for paper, where the company wants it: on sheets of its own, or on what partners receive too. */
export async function paperMark(work: Work, language: Language, reader: 'house' | 'partner'): Promise<string | undefined> {
  const key = reader === 'house' ? 'parameter.markSheets' : 'parameter.markPartnerPapers';
  const isWanted = (await settingOf(work, key)) ?? reader === 'house';
  return isWanted === true ? workbookMark(work.company, work.actor, language).line : undefined;
}
