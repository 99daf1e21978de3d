import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { standardTemplatesFor } from '../../../../shared/printing/standardTemplates.ts';
import { inLanguage, type PrintTemplate } from '../../../../shared/printing/template.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';

/** The type of record that holds a company's own layouts. */
export const templateType = 'printTemplate';

/** A template while it is edited: the record's own fields and its layout. */
export interface TemplateDraft {
  name: string;
  main: boolean;
  layout: PrintTemplate;
}

export const fetchTemplate = (id: number): Promise<RecordAnswer> => api.get<RecordAnswer>(recordPath(templateType, id));

export const draftOf = (record: RecordAnswer): TemplateDraft => ({
  name: String(record.values.name),
  main: record.values.main === true,
  layout: JSON.parse(String(record.values.layout)) as PrintTemplate,
});

/** A new template made from a standard one (by name) or from one of the company's own (by id). */
export async function draftFrom(
  type: string,
  from: string,
  language: Language,
  nameOf: (name: string) => string,
): Promise<TemplateDraft | null> {
  if (/^\d+$/.test(from)) {
    const draft = draftOf(await fetchTemplate(Number(from)));
    return { ...draft, name: nameOf(draft.name), main: false };
  }
  const standard = standardTemplatesFor(type).find((template) => template.name === from);
  if (standard === undefined) return null;
  return { name: nameOf(inLanguage(standard.label, language)), main: false, layout: structuredClone(standard) as PrintTemplate };
}

/** Saves the draft; gives the record's id. */
export async function saveTemplate(draft: TemplateDraft, record: RecordAnswer | null): Promise<number> {
  const layout = JSON.stringify({ ...draft.layout, label: draft.name });
  const values = { name: draft.name, main: draft.main, language: draft.layout.language ?? null, layout };
  const options = { idempotencyKey: newKey() };
  const saved =
    record === null
      ? await api.post<RecordAnswer>(recordPath(templateType), { values: { ...values, documentType: draft.layout.type } }, options)
      : await api.patch<RecordAnswer>(recordPath(templateType, record.id), { version: record.version, values }, options);
  queryClient.setQueryData(keys.record(templateType, saved.id), saved);
  await queryClient.invalidateQueries({ queryKey: ['print'] });
  return saved.id;
}
