import type { Catalogue } from '../../../../shared/kernel/catalogue.ts';
import type { Day } from '../../../../shared/kernel/days.ts';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { choiceName, stateName, typeName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { labelOf, type PrintData, type PrintFields, type PrintValue } from '../../../../shared/printing/printData.ts';
import { printWords } from '../../../../shared/printing/printWords.ts';
import { letterheadNames } from './letterhead.ts';
import { labelsOf } from './printLabels.ts';
import { type PrintGroup, type PrintPlan, planOf, type Sight } from './printPlan.ts';

export interface SampleOptions {
  readonly catalogue: Catalogue;
  readonly language: Language;
  readonly today: Day;
  /** Code of the currency of the amounts. */
  readonly currency: string;
  /** The fields it has; all of them unless said. */
  readonly sees?: Sight;
}

/** A made-up document with every field filled, each text saying what stands there: for looking at a layout and for its names. */
export function sampleDataOf(definition: Definition, options: SampleOptions): PrintData {
  const { catalogue, language, sees = () => true } = options;
  const plan = planOf(definition, catalogue, sees);
  const words = domainWords[language];
  const labels = labelsOf(definition, plan, language);
  const unlabelled: PrintData = {
    type: definition.type,
    title: typeName(words, definition.type),
    number: 'AB20260101-0001',
    state: stateName(words, definition.type, Object.keys(definition.states ?? {})[0] ?? ''),
    fields: {},
    lineFields: plan.lines.map(({ name }) => name),
    lines: [],
    totals: {},
    company: {},
    customer: {},
    people: {},
    labels,
    watermark: printWords[language].preview,
  };
  const called = (name: string): string => labelOf(unlabelled, name, language);
  const head = (group: PrintGroup): PrintFields =>
    Object.fromEntries(
      plan.head
        .filter((planned) => planned.group === group)
        .map(({ name, field, type, source }) => [name, sampleValue(field, called(`${group}.${name}`), { type, path: source }, options)]),
    );
  const company = letterheadNames.map((name): [string, PrintValue] => [name, { kind: 'text', value: called(`company.${name}`) }]);
  return {
    ...unlabelled,
    fields: head('document'),
    lines: linesOf(definition, plan, called, options),
    totals: head('total'),
    company: { ...Object.fromEntries(company), logo: { kind: 'picture', value: onePixel } },
    customer: head('customer'),
    people: head('people'),
  };
}

const lineCount = 3;

function linesOf(definition: Definition, plan: PrintPlan, called: (name: string) => string, options: SampleOptions): PrintFields[] {
  return Array.from({ length: plan.linePart === null ? 0 : lineCount }, (_, index) =>
    Object.fromEntries(
      plan.lines.map(({ name, field, source }) => {
        const of = { type: definition.type, path: `${plan.linePart}.${source}` };
        return [name, sampleValue(field, `${called(`line.${name}`)} ${index + 1}`, of, options)];
      }),
    ),
  );
}

function sampleValue(
  field: Field,
  label: string,
  of: { type: string; path: string },
  { language, currency, today }: SampleOptions,
): PrintValue {
  switch (field.kind) {
    case 'money':
      return { kind: 'money', value: 123_456, currency };
    case 'price':
      return { kind: 'price', value: 12_345_600, currency };
    case 'quantity':
      return { kind: 'quantity', value: 100_000_000 };
    case 'rate':
      return { kind: 'rate', value: 130_000 };
    case 'day':
    case 'instant':
      return { kind: 'day', value: today };
    case 'choice':
      return { kind: 'text', value: choiceName(domainWords[language], of.type, of.path, field.choices[0] ?? '') };
    case 'integer':
      return { kind: 'text', value: '30' };
    case 'flag':
      return { kind: 'text', value: printWords[language].yes };
    case 'picture':
      return { kind: 'picture', value: onePixel };
    default:
      return { kind: 'text', value: label };
  }
}

/** A grey point that stands where the logo will be. */
const onePixel = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AwAAzgDN1GaQsAAAAABJRU5ErkJggg==', 'base64'),
);
