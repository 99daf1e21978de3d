import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Language, nearestLanguage } from '../../../../shared/language/languages.ts';
import { standardTemplates } from '../../../../shared/printing/standardTemplates.ts';
import { inLanguage, type PrintTemplate } from '../../../../shared/printing/template.ts';
import type { Work } from '../../../work.ts';

/** A template as it is offered for choosing: the company's own has an id, a standard one its name. */
export interface TemplateRow {
  readonly id?: number;
  readonly name?: string;
  readonly title: string;
  readonly language: Language | null;
  /** Used when nobody chooses. */
  readonly main: boolean;
}

/** The templates of a document type: the one that is used when nobody chooses first, the company's own before the standard ones. */
export async function listTemplates(work: Work, definition: Definition, language: Language): Promise<TemplateRow[]> {
  const own = (await ownTemplates(work, definition)).map((row) => ({ id: row.id, title: row.name, language: row.language, main: false }));
  const standard = standardTemplatesOf(definition).map((template) => ({
    name: template.name,
    title: inLanguage(template.label, language),
    language: template.language ?? null,
    main: false,
  }));
  const main = (await mainTemplate(work, definition))?.id ?? standard[0]?.name;
  const rows: TemplateRow[] = [...own, ...standard];
  return rows.map((row) => ({ ...row, main: main === (row.id ?? row.name) })).sort((a, b) => Number(b.main) - Number(a.main));
}

/**
 * The template a print asks for: an id of the company's own, the name of a standard one, or nothing for the main one.
 * Refuses 'print.noTemplate' when there is none such for this type.
 */
export async function chooseTemplate(work: Work, definition: Definition, wanted: string | undefined): Promise<PrintTemplate> {
  const own = await ownTemplates(work, definition);
  const standard = standardTemplatesOf(definition);
  if (wanted === undefined) {
    const main = await mainTemplate(work, definition);
    if (main) return layoutOf(main);
    if (standard[0]) return standard[0];
  }
  const chosen = own.find((row) => String(row.id) === wanted);
  if (chosen) return layoutOf(chosen);
  const named = standard.find((template) => template.name === wanted);
  if (!named) throw new Refusal('print.noTemplate', { type: definition.type });
  return named;
}

interface TemplateRecord {
  readonly id: number;
  readonly name: string;
  readonly language: Language | null;
  readonly main: number;
  readonly layout: string;
}

const ownTemplates = (work: Work, definition: Definition): Promise<TemplateRecord[]> =>
  work
    .tx('print_templates')
    .where({ document_type: definition.type, stopped: 0 })
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id', 'name', 'language', 'main', 'layout') as unknown as Promise<TemplateRecord[]>;

/** Of several that call themselves the main one the newest is. */
async function mainTemplate(work: Work, definition: Definition): Promise<TemplateRecord | undefined> {
  return (await ownTemplates(work, definition)).findLast((row) => row.main === 1);
}

/** The standard templates that the definition names, in its order; kindred documents share one. */
function standardTemplatesOf(definition: Definition): PrintTemplate[] {
  return (definition.print?.templates ?? []).flatMap((name) => standardTemplates.find((template) => template.name === name) ?? []);
}

/** The layout was checked when it was stored. */
function layoutOf(row: TemplateRecord): PrintTemplate {
  const layout = JSON.parse(row.layout) as PrintTemplate;
  return { ...layout, name: row.name, ...(row.language ? { language: nearestLanguage(row.language) } : {}) };
}
