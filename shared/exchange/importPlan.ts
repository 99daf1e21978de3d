import { type Definition, fieldAt, type Value } from '../kernel/definition.ts';
import { type Field, isDerived } from '../kernel/fields.ts';
import { foldText } from '../kernel/searchTerms.ts';
import { domainWords } from '../language/domain/index.ts';
import { fieldName } from '../language/labels.ts';
import { type Language, languages } from '../language/languages.ts';

/** How a sheet of rows becomes records of one type: which headings mean which fields, and what a row brings besides the record. */
export interface ImportPlan {
  readonly type: string;
  /** In the order of the template. */
  readonly columns: readonly ImportColumn[];
  readonly verdicts: Verdicts;
  /** What a row is called whose value for this target cannot be taken; the first that fits names the row. */
  readonly faults: readonly Fault[];
  /** Records of other types that a row brings along, by the name its targets begin with. */
  readonly companions: Readonly<Record<string, Companion>>;
  /** The column that names a row where the record's own title does not stand in the file. */
  readonly names?: string;
  /** Targets such as `contacts.mobile` fill one row of this part. */
  readonly part?: string;
  /** A second part of which a row fills one row besides, where the file says something of it. */
  readonly detail?: Detail;
  /** The rows become documents that go into the books at once; of a plan with a part, one for each set of equal head values. */
  readonly document?: DocumentRule;
  /** Columns whose heading names an entry: 'Price: Wholesale' is a row of a part. */
  readonly named?: readonly NamedColumn[];
  /** Types of linked records that are made when a row names one that is missing. */
  readonly creates: readonly string[];
  readonly notes: Readonly<Record<Language, readonly string[]>>;
}

/** How the rows of a sheet become documents. */
export interface DocumentRule {
  /** Taken when a document is stored, and taken when the import is undone before the document goes into the recycle bin. */
  readonly step: string;
  readonly undoStep: string;
  /** The target without which, or with zero, a row brings nothing. */
  readonly amount: string;
  /** A row that agrees with another, or with a document of the company, in one of these sets (the first that is filled) is asked about. */
  readonly same: readonly (readonly string[])[];
  /** The column that shows why a document is refused, by refusal, where the document itself says it of another place. */
  readonly shownAt?: Readonly<Record<string, string>>;
}

/** A row of a second part, such as the batch that a line's goods are. */
export interface Detail {
  readonly part: string;
  /** Own field ← field of the row of the plan's part that it belongs to. */
  readonly takes: Readonly<Record<string, string>>;
  /** The field that calls the thing by its name, and what is the same for all ways of typing it. */
  readonly name: string;
  readonly keyOf: (row: Readonly<Record<string, Value>>) => string;
  /** What all rows of one thing say alike, and how a row is refused that does not. */
  readonly agree: { readonly fields: readonly string[]; readonly code: string };
  /** Of some things there is but one: where the record behind `link` says so, a second row of it is refused. */
  readonly single: { readonly link: string; readonly field: string; readonly is: string; readonly code: string };
}

export interface ImportColumn {
  /** `name`, or `contact.mobile` for a field of a companion. */
  readonly target: string;
  /** What people write above such a column; the first of each language is the template's. */
  readonly headers: Readonly<Record<Language, readonly string[]>>;
  readonly sample?: string;
  /** Fields of the linked record that the cell may name it by; its title and code when left out. */
  readonly by?: readonly string[];
  /** For a link named by a number: the number stays below this. */
  readonly below?: number;
  /** Understood where a file has it, but not asked for by the template. */
  readonly beyondTemplate?: boolean;
}

/** What rows are called that are like another row or record. */
export interface Verdicts {
  /** The same as an earlier row of the file: never taken. `row`: every cell is the same. */
  readonly repeat: { readonly kind: string; readonly by: 'row' | 'codeAndFold' };
  /** Like an earlier row or a record of the company: a person decides. */
  readonly like: { readonly kind: string; readonly by: 'near' | 'fold' | 'same' | 'none' };
}

export interface Fault {
  readonly target: string;
  /** Only for this problem; for every one when left out. */
  readonly code?: string;
  readonly kind: string;
}

export type Companion =
  | {
      readonly kind: 'record';
      readonly type: string;
      /** The field of the companion that points to the row's record. */
      readonly link: string;
      readonly values: Readonly<Record<string, Value>>;
      /** Fields of the row's record that name the companion when the row does not. */
      readonly titleFrom: readonly string[];
      /** Own field ← field of the row's record. */
      readonly copies?: Readonly<Record<string, string>>;
      /** The flag that only the first companion of a record carries. */
      readonly mainFlag?: string;
    }
  | {
      readonly kind: 'document';
      readonly type: string;
      /** One document for each value of this head field. */
      readonly head: string;
      readonly part: string;
      /** The field of the part that points to the row's record, and the one without which the row brings nothing. */
      readonly subject: string;
      readonly amount: string;
      /** Taken when the document is made, and taken when the import is undone. */
      readonly step: string;
      readonly undoStep: string;
    }
  | {
      /** The document a row becomes whose amount stands on the other side: in the column `NAME.amount`, or below zero. */
      readonly kind: 'counter';
      readonly type: string;
      /** The field of both documents that holds it. */
      readonly amount: string;
    };

export interface NamedColumn {
  readonly part: string;
  readonly key: string;
  readonly value: string;
  /** What stands before the entry's name. */
  readonly prefixes: Readonly<Record<Language, readonly string[]>>;
}

/** Finds what a target means: `name`, `contact.mobile`, `opening.quantity`, `prices[Wholesale]`. */
export function fieldOfTarget(plan: ImportPlan, definitionOf: (type: string) => Definition, target: string): Field | undefined {
  const own = definitionOf(plan.type);
  const named = readNamed(plan, target);
  if (named) return own.parts[named.column.part]?.fields[named.column.value];
  const [head = '', tail] = target.split('.');
  if (tail === undefined) return Object.hasOwn(own.fields, head) ? own.fields[head] : undefined;
  const companion = Object.hasOwn(plan.companions, head) ? plan.companions[head] : undefined;
  if (!companion) return [plan.part, plan.detail?.part].includes(head) ? fieldAt(own, target) : undefined;
  const definition = definitionOf(companion.type);
  if (companion.kind !== 'document' || tail === companion.head) return fieldAt(definition, tail);
  return definition.parts[companion.part]?.fields[tail];
}

/** `prices[Wholesale]` taken apart. */
export function readNamed(plan: ImportPlan, target: string): { column: NamedColumn; name: string } | null {
  const match = /^(\w+)\[(.+)\]$/.exec(target);
  const column = plan.named?.find((one) => one.part === match?.[1]);
  return column && match?.[2] ? { column, name: match[2] } : null;
}

/** The target a heading stands for, in whatever language it is written; null when nobody knows it. */
export function targetOfHeading(plan: ImportPlan, heading: string): string | null {
  const wanted = headingKey(heading);
  if (wanted === '') return null;
  const column = plan.columns.find((one) =>
    languages.some((language) => one.headers[language].some((known) => headingKey(known) === wanted)),
  );
  if (column) return column.target;
  return namedTarget(plan, heading);
}

/** How good a name for its target a heading is: 0 for the first of a language, more for later ones. */
export function rankOfHeading(plan: ImportPlan, target: string, heading: string): number {
  const column = plan.columns.find((one) => one.target === target);
  const wanted = headingKey(heading);
  const ranks = languages.map((language) => (column?.headers[language] ?? []).findIndex((known) => headingKey(known) === wanted));
  return Math.min(...ranks.map((rank) => (rank < 0 ? Number.MAX_SAFE_INTEGER : rank)));
}

/** Headings are compared without width, case, script, spaces and the marks people add: '*客戶名稱（必填）' is 客户名称. */
function headingKey(heading: string): string {
  return foldText(heading.replace(/[（(][^（()）]*[)）]\s*$/u, '')).replace(/[\s*:：_\-/]+/gu, '');
}

function namedTarget(plan: ImportPlan, heading: string): string | null {
  for (const named of plan.named ?? []) {
    const prefixes = languages.flatMap((language) => named.prefixes[language]);
    const prefix = prefixes.find((one) => new RegExp(`^${one}\\s*[:：]`, 'iu').test(heading.trim()));
    const name = prefix
      ? heading
          .trim()
          .slice(prefix.length)
          .replace(/^\s*[:：]\s*/u, '')
          .trim()
      : '';
    if (name !== '' && name.length <= 80 && !/[[\]]/.test(name)) return `${named.part}[${name}]`;
  }
  return null;
}

/** The plan of a type for which nobody has written one: a column for every field a person may fill, called as the screens call it. */
export function plainPlan(definition: Definition): ImportPlan {
  const columns = Object.entries(definition.fields)
    .filter(([, field]) => !isDerived(field) && !field.hidden && field.kind !== 'file' && field.kind !== 'picture')
    .map(([name]): ImportColumn => ({ target: name, headers: wordsFor(definition.type, name) }));
  const near = definition.duplicates?.near ? 'near' : definition.duplicates ? 'fold' : 'none';
  return {
    type: definition.type,
    columns,
    verdicts: { repeat: { kind: 'exactDuplicate', by: 'row' }, like: { kind: 'nearDuplicate', by: near } },
    faults: [],
    companions: {},
    creates: ['dictionaryEntry'],
    notes: { 'zh-CN': [], 'zh-TW': [], en: [] },
  };
}

function wordsFor(type: string, field: string): ImportColumn['headers'] {
  const word = (language: Language) => [fieldName(domainWords[language], type, field), field];
  return { 'zh-CN': word('zh-CN'), 'zh-TW': word('zh-TW'), en: word('en') };
}
