import type { Language } from '../language/languages.ts';
import { printWords } from './printWords.ts';

/**
 * What a document gives to its print, whatever its type. A field that the reader may not see is simply absent, and
 * with it everything a template would have shown of it.
 */
export interface PrintData {
  /** Document type. */
  type: string;
  /** Name of the document type in the language of the print. */
  title: string;
  number: string;
  /** Name of the state in the language of the print. */
  state: string;
  /** The document's own fields by name. */
  fields: PrintFields;
  /** Names of the line fields the reader may see, whether or not a line fills them. */
  lineFields: readonly string[];
  lines: readonly PrintFields[];
  totals: PrintFields;
  /** name, address, phone, taxNumber, bank, bankAccount … and `logo` as a picture. */
  company: PrintFields;
  /** name, address, phone, taxNumber, contact … of the other side. */
  customer: PrintFields;
  /** owner, maker, approver … */
  people: PrintFields;
  /** Names of fields in the language of the print: 'document.deliverBy', 'line.quantity', 'total.grossAmount'. */
  labels: Readonly<Record<string, string>>;
  /** Printed across every page while the document's state asks for it. */
  watermark?: string;
  /** Printed across every page of a company to practise in: its paper must never be taken for a real one. */
  practice?: true;
}

export type PrintFields = Readonly<Record<string, PrintValue>>;

/** Numbers are scaled integers: money in minor units with `digits` of them (2 unless said), the others in 10⁻⁶; `decimals` of them are printed at least. */
export type PrintValue =
  | { kind: 'text'; value: string }
  | { kind: 'money'; value: number; currency: string; digits?: number }
  | { kind: 'price'; value: number; currency: string; decimals?: number }
  | { kind: 'quantity'; value: number; unit?: string; decimals?: number }
  | { kind: 'rate'; value: number }
  | { kind: 'day'; value: string }
  | { kind: 'picture'; value: Uint8Array };

export interface MergeField {
  name: string;
  label: string;
  kind: PrintValue['kind'];
}

/** Every name that a text of a template may merge, for the editor's list and for the check when it is saved. */
export function mergeFieldsOf(data: PrintData, language: Language): MergeField[] {
  const fields = mergeGroups.flatMap((group) =>
    Object.entries(valuesOf(data, group)).map(([field, value]) => ({
      name: `${group}.${field}`,
      label: labelOf(data, `${group}.${field}`, language),
      kind: value.kind,
    })),
  );
  const derived = ['total.words', 'page.number', 'page.count'].map((name) => ({
    name,
    label: labelOf(data, name, language),
    kind: 'text' as const,
  }));
  return [...fields, ...derived];
}

/** Every name that a column of the lines may show. */
export function lineFieldsOf(data: PrintData, language: Language): { name: string; label: string }[] {
  return ['position', ...data.lineFields].map((name) => ({ name, label: labelOf(data, `line.${name}`, language) }));
}

/**
 * The value behind a dotted name, or undefined. Only what the data itself holds is found: nothing that every
 * object inherits ('constructor') has a name here.
 */
export function printValueOf(data: PrintData, name: string): PrintValue | undefined {
  const [group, field, ...rest] = name.split('.');
  if (!isMergeGroup(group) || field === undefined || rest.length > 0) return undefined;
  const values = valuesOf(data, group);
  return Object.hasOwn(values, field) ? values[field] : undefined;
}

/** How a field is called on paper when the template does not say: the document's own word, else its bare name. */
export function labelOf(data: PrintData, name: string, language: Language): string {
  if (Object.hasOwn(data.labels, name)) return data.labels[name] ?? name;
  const words: Record<string, string> = printWords[language].labels;
  return Object.hasOwn(words, name) ? (words[name] ?? name) : (name.split('.').at(-1) ?? name);
}

const mergeGroups = ['document', 'customer', 'company', 'people', 'total'] as const;
type MergeGroup = (typeof mergeGroups)[number];

const isMergeGroup = (name: string | undefined): name is MergeGroup => mergeGroups.some((group) => group === name);

function valuesOf(data: PrintData, group: MergeGroup): PrintFields {
  if (group === 'total') return data.totals;
  if (group !== 'document') return data[group];
  const text = (value: string): PrintValue => ({ kind: 'text', value });
  return { ...data.fields, number: text(data.number), title: text(data.title), state: text(data.state) };
}
