import type { Catalogue } from '../../../../shared/kernel/catalogue.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { type PrintNames, templateFrom } from '../../../../shared/printing/checkTemplate.ts';
import { lineFieldsOf, mergeFieldsOf } from '../../../../shared/printing/printData.ts';
import type { PrintTemplate } from '../../../../shared/printing/template.ts';
import { refuseUnlessRight } from '../../../access/rights.ts';
import { listenTo } from '../../../engine/effects.ts';
import { sampleDataOf } from './sampleData.ts';

/** Every layout that is stored is checked first, whichever way it comes in. Called once at start. */
export function offerTemplateChecks(): void {
  listenTo('printTemplate', async (work, _definition, event) => {
    refuseUnlessRight(work.actor, 'templates.change');
    if (event.kind !== 'stored') return;
    const { documentType, layout } = event.record.values;
    const definition = printedType(work.company.catalogue, String(documentType));
    if (!definition) throw new Refusal('record.invalid', { count: 1 }, [{ path: 'documentType', code: 'field.notAChoice' }]);
    checkLayout(definition, work.company.catalogue, readLayout(String(layout)));
  });
}

/** The definition behind a type whose documents can be printed. */
export function printedType(catalogue: Catalogue, type: string): Definition | undefined {
  const definition = catalogue.find(type);
  return definition?.print ? definition : undefined;
}

/** A layout from outside as a template for this type. Refuses 'print.templateInvalid' with all that is wrong, at `layout.…`. */
export function checkLayout(definition: Definition, catalogue: Catalogue, layout: unknown): PrintTemplate {
  try {
    const template = templateFrom(layout, printNamesOf(definition, catalogue));
    if (template.type === definition.type) return template;
    throw new Refusal('print.templateInvalid', { count: 1 }, [{ path: 'type', code: 'field.notAChoice' }]);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const fields = thrown.fields.map((field) => ({ ...field, path: field.path === '' ? 'layout' : `layout.${field.path}` }));
    throw new Refusal(thrown.code, thrown.facts, fields);
  }
}

/** The names a template of this type may use, whoever writes it: what a reader may not see simply stays off the paper. */
export function printNamesOf(definition: Definition, catalogue: Catalogue): PrintNames {
  const sample = sampleDataOf(definition, { catalogue, language: 'en', today: '2026-01-01', currency: 'CNY' });
  return {
    merge: mergeFieldsOf(sample, 'en').map(({ name }) => name),
    line: lineFieldsOf(sample, 'en').map(({ name }) => name),
  };
}

function readLayout(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('print.templateInvalid', { count: 1 }, [{ path: 'layout', code: 'print.wrongShape', facts: { expected: ['JSON'] } }]);
  }
}
