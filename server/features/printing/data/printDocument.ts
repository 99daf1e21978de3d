import { msOf } from '../../../../shared/kernel/days.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Language, languages, nearestLanguage } from '../../../../shared/language/languages.ts';
import { lineFieldsOf, type MergeField, mergeFieldsOf, type PrintData } from '../../../../shared/printing/printData.ts';
import { printWords } from '../../../../shared/printing/printWords.ts';
import type { PrintTemplate } from '../../../../shared/printing/template.ts';
import { isVisible } from '../../../access/trim.ts';
import { refuseUnlessSeen } from '../../../access/visibility.ts';
import { tableOf } from '../../../database/tables.ts';
import { writeAudit } from '../../../engine/audit.ts';
import { load } from '../../../engine/load.ts';
import { settingOf } from '../../../engine/settings.ts';
import { currenciesOf } from '../../../engine/store.ts';
import type { Work } from '../../../work.ts';
import { paperMark } from '../../handOuts/marks.ts';
import { letterheadOf, practiceMark } from './letterhead.ts';
import { lineFieldsIn } from './linePictures.ts';
import { printDataFor } from './printDataFor.ts';
import { otherSide } from './printPlan.ts';
import { sampleDataOf } from './sampleData.ts';
import { checkLayout, printedType } from './templateChecks.ts';
import { chooseTemplate } from './templates.ts';

/** All that renderPdf needs. */
export interface Print {
  readonly template: PrintTemplate;
  readonly data: PrintData;
  readonly language: Language;
  readonly mark?: string;
  /** A name for the file: what it is and its number. */
  readonly fileName: string;
}

/**
 * A document ready for the paper. Every print is audited with its template, and from the second one on the paper says which
 * it is (what one person fetches within ten minutes is one print); the deed is written before the paper is drawn, so that two people never both hold a first print. Refuses
 * 'record.notFound', 'access.denied', 'print.noTemplate'.
 */
export async function printDocument(
  work: Work,
  definition: Definition,
  id: number,
  wanted: { readonly template?: string | undefined; readonly language?: Language | undefined },
): Promise<Print> {
  await refuseUnlessSeen(work, definition, id, 'print');
  const template = await chooseTemplate(work, definition, wanted.template);
  const language = template.language ?? wanted.language ?? (await languageOf(work, definition, id));
  const data = await printDataFor(work, definition, id, { language, shown: lineFieldsIn(template) });
  const before = await timesPrinted(work, definition, id);
  await writeAudit(work, { action: 'print', type: definition.type, recordId: id, changes: { template: template.name, language } });
  const said = [before === 0 ? undefined : printWords[language].reprint(before + 1), await paperMark(work, language, 'partner')];
  const line = said.filter((one) => one !== undefined).join(' · ');
  const mark = line === '' ? {} : { mark: line };
  return { template, data, language, ...mark, fileName: `${data.title} ${data.number}`.trim() };
}

export interface PreviewRequest {
  readonly layout: unknown;
  readonly documentType: string;
  readonly id?: number | undefined;
  readonly language?: Language | undefined;
}

/**
 * A layout on trial, with a document's data or made-up ones; the paper is marked as a sample, so that it can never pass for
 * a print that was counted. Refuses 'print.templateInvalid' with all that is wrong with the layout.
 */
export async function previewLayout(work: Work, request: PreviewRequest): Promise<Print> {
  const definition = printedOrRefuse(work, request.documentType);
  const template = checkLayout(definition, work.company.catalogue, request.layout);
  const language = template.language ?? request.language ?? (await ownLanguage(work));
  const watermark = printWords[language].preview;
  const data =
    request.id === undefined
      ? await sampleFor(work, definition, language)
      : await printDataFor(work, definition, request.id, { language, shown: lineFieldsIn(template) });
  return { template, data: { ...data, watermark }, language, fileName: template.name };
}

/** The names that a template of the type may use, with their labels, as far as the actor may see the fields behind them. */
export async function printFieldsOf(
  work: Work,
  type: string,
  wanted?: Language,
): Promise<{ merge: MergeField[]; lines: { name: string; label: string }[] }> {
  const definition = printedOrRefuse(work, type);
  const language = wanted ?? (await ownLanguage(work));
  const sample = await sampleFor(work, definition, language);
  return { merge: mergeFieldsOf(sample, language), lines: lineFieldsOf(sample, language) };
}

/** The language of the person at work, else the company's. */
export async function ownLanguage(work: Work): Promise<Language> {
  const user = (await work.tx('users').where({ id: work.actor.userId }).first('language')) as { language: string | null } | undefined;
  return nearestLanguage(user?.language ?? String((await settingOf(work, 'language')) ?? ''));
}

function printedOrRefuse(work: Work, type: string): Definition {
  const definition = printedType(work.company.catalogue, type);
  if (!definition || work.actor.reach(type, 'read') === 'none') throw new Refusal('record.notFound', { type });
  return definition;
}

async function sampleFor(work: Work, definition: Definition, language: Language): Promise<PrintData> {
  const { catalogue } = work.company;
  const currency = (await currenciesOf(work)).find(({ main }) => main === 1)?.code ?? '';
  const sees = (of: Definition, path: string) => isVisible(work.actor, of, path);
  const sample = sampleDataOf(definition, { catalogue, language, today: work.today, currency, sees });
  return { ...sample, company: { ...sample.company, ...(await letterheadOf(work)) }, ...practiceMark(work) };
}

/** Paper speaks the language of whoever it is for, where that is known. */
async function languageOf(work: Work, definition: Definition, id: number): Promise<Language> {
  const field = definition.fields[otherSide];
  const other = (await load(work, definition, id)).values[otherSide];
  if (field?.kind === 'link' && typeof other === 'number') {
    const target = work.company.catalogue.get(field.to);
    const row =
      'language' in target.fields
        ? ((await work.tx(tableOf(target)).where({ id: other }).first('language')) as { language: string | null })
        : null;
    const spoken = languages.find((language) => language === row?.language);
    if (spoken) return spoken;
  }
  return ownLanguage(work);
}

/** Trying templates and languages at one sitting is one print. */
const sittingMs = 10 * 60_000;

/** How many prints there were before this one, which itself is not counted yet. */
async function timesPrinted(work: Work, definition: Definition, id: number): Promise<number> {
  const rows = (await work
    .tx('audit')
    .where({ type: definition.type, record_id: id, action: 'print' })
    .orderBy('seq')
    .select('actor', 'at')) as {
    actor: number;
    at: string;
  }[];
  const lastMs = new Map<number, number>();
  let sittings = 0;
  for (const { actor, at } of [...rows, { actor: work.actor.userId, at: work.now }]) {
    if (msOf(at) - (lastMs.get(actor) ?? 0) > sittingMs) sittings += 1;
    lastMs.set(actor, msOf(at));
  }
  return sittings - 1;
}
