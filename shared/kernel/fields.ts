import type { Day, Instant } from './days.ts';

/**
 * A field is one thing a record knows about itself. Its kind decides the column, the check, the input, the filter, the
 * Excel cell and the print; everything else a definition says about it is plain data.
 */
export type Field =
  | TextField
  | NoteField
  | NumberField
  | IntegerField
  | DayField
  | InstantField
  | ChoiceField
  | DictionaryField
  | LinkField
  | FileField
  | PictureField
  | FlagField;

export type FieldKind = Field['kind'];

/** Kinds whose value is an integer with a scale: money in minor units, the others in 10⁻⁶ (exchange rate 10⁻⁹). */
export type NumberKind = 'money' | 'quantity' | 'price' | 'rate' | 'exchangeRate';

export interface FieldCommon {
  /** The record cannot be saved without it. */
  readonly required?: boolean;
  /** Nor when one of these choices beside it has one of these values. */
  readonly requiredWhen?: Readonly<Record<string, readonly string[]>>;
  /** Shown as a column in the list until the user chooses otherwise. */
  readonly list?: boolean;
  /** Found by the search box and the picker: `text` by words and pinyin, `code` by exact code first. */
  readonly search?: 'text' | 'code';
  /** Written by the engine alone (numbers, sums, fed amounts); a client that sends it is refused. */
  readonly derived?: boolean;
  /** The document that adds to this field when it takes effect; implies `derived`. */
  readonly fedBy?: string;
  /** No two living records may hold the same value. */
  readonly unique?: boolean;
  /** Lists filter or sort by it often: it gets an index. */
  readonly indexed?: boolean;
  /** A special right is needed to see it; without it the field is absent everywhere. */
  readonly secret?: Secret;
  /** May be filled once and not changed afterwards. */
  readonly fixed?: boolean;
  /** Where the form shows it; fields of one group stand together. */
  readonly group?: string;
  /** Not offered in the form (still stored, listed and exported). */
  readonly hidden?: boolean;
}

/** What only people with the special right `see.<secret>` may see. */
export type Secret = 'cost' | 'purchasePrice' | 'salesPrice' | 'contact' | 'credit' | 'floorPrice' | 'bank' | 'bookStock';

export interface TextField extends FieldCommon {
  readonly kind: 'text';
  readonly max: number;
  readonly default?: string;
  /** A rule of the trade checked beside the length. */
  readonly format?: 'mobile' | 'taxNumber' | 'barcode' | 'email' | 'code';
  /** Lists sort by pinyin: the stored sort key stands in a column beside it. */
  readonly sorted?: 'pinyin';
  /** Offered from what a linked record keeps a list of; anything else may still be typed. */
  readonly suggest?: Suggestion;
}

/**
 * Text that stands in a list at the record a link beside it points to: a customer's delivery addresses, its billing titles. When
 * the link is chosen, the likeliest row fills itself in.
 */
export interface Suggestion {
  /** The link of the same record to whoever keeps the list. */
  readonly link: string;
  /** The part that is the list; its flag `main`, where it has one, marks the row that comes first. */
  readonly part: string;
  /** Own text field ← field of the row, for the field itself and whatever belongs to it. */
  readonly takes: Readonly<Record<string, string>>;
  /** Only rows of this choice fill themselves in; the others are offered after them. */
  readonly prefers?: { readonly field: string; readonly is: string };
  /** Own text field ← field of the linked record itself, which stands last in the list. */
  readonly record?: Readonly<Record<string, string>>;
}
export interface NoteField extends FieldCommon {
  readonly kind: 'note';
  readonly max: number;
  readonly default?: string;
}
export interface NumberField extends FieldCommon {
  readonly kind: NumberKind;
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
  /** Money is in this currency: the document's own (`currency` field) unless `base`. */
  readonly in?: 'document' | 'base';
  /** No amount of anything but a ratio: the company's choice of decimals does not bind it. */
  readonly ratio?: boolean;
  /** Typed only when the field beside it says so; otherwise it is worked out and may have any decimals. */
  readonly enteredWhen?: { readonly field: string; readonly is: string };
  /** So many decimals are typed at most, and shown: the company's choice, put here for the client (price and quantity). */
  readonly decimals?: number;
}
export interface IntegerField extends FieldCommon {
  readonly kind: 'integer';
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
}
export interface DayField extends FieldCommon {
  readonly kind: 'day';
  /** It is read as how many days ago it was. */
  readonly ages?: boolean;
  readonly default?: 'today';
}
export interface InstantField extends FieldCommon {
  readonly kind: 'instant';
  /**
   * The moment at which the field of this name beside it was last written. Where it is derived the engine writes it at saving; else
   * whoever types may say when that was, and nobody can change it without writing that field anew.
   */
  readonly stampedBy?: string;
}
export interface ChoiceField<C extends string = string> extends FieldCommon {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default?: C;
}
/** A value from a list the company keeps itself; stored as the entry's id. */
export interface DictionaryField extends FieldCommon {
  readonly kind: 'dictionary';
  readonly dictionary: string;
  /** The code of the entry a new record begins with, where the company keeps one. */
  readonly default?: string;
}
export interface LinkField extends FieldCommon {
  readonly kind: 'link';
  /** The type of record it points to. */
  readonly to: string;
  readonly default?: 'actor' | 'actorDepartment' | 'first' | 'main';
  /** The record belongs to the one it points to: it goes into the recycle bin, comes back and is purged with it. */
  readonly owned?: boolean;
}
export interface FileField extends FieldCommon {
  readonly kind: 'file';
}
export interface PictureField extends FieldCommon {
  readonly kind: 'picture';
}
export interface FlagField extends FieldCommon {
  readonly kind: 'flag';
  readonly default?: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** What a field holds in memory and on the wire; an empty field is null. */
export type ValueOf<F extends Field> = F extends { kind: 'text' | 'note' }
  ? string
  : F extends { kind: 'day' }
    ? Day
    : F extends { kind: 'instant' }
      ? Instant
      : F extends { kind: 'choice'; choices: readonly (infer C)[] }
        ? C
        : F extends { kind: 'flag' }
          ? boolean
          : number;

export type ValuesOf<F extends Fields> = {
  -readonly [K in keyof F]: F[K] extends { required: true } | { kind: 'flag' } ? ValueOf<F[K]> : ValueOf<F[K]> | null;
};

type Options<F extends Field> = Omit<F, 'kind'>;

export const text = <const O extends Options<TextField>>(options: O) => ({ kind: 'text', ...options }) as const;
export const note = <const O extends Partial<Options<NoteField>>>(options?: O) => ({ kind: 'note', max: 2000, ...(options as O) }) as const;
const number =
  <const K extends NumberKind>(kind: K) =>
  <const O extends Options<NumberField>>(options?: O) =>
    ({ kind, ...(options as O) }) as const;
export const money = number('money');
export const quantity = number('quantity');
export const price = number('price');
export const rate = number('rate');
export const exchangeRate = number('exchangeRate');
export const integer = <const O extends Options<IntegerField>>(options?: O) => ({ kind: 'integer', ...(options as O) }) as const;
export const day = <const O extends Options<DayField>>(options?: O) => ({ kind: 'day', ...(options as O) }) as const;
/** A moment. */
export const instant = <const O extends Options<InstantField>>(options?: O) => ({ kind: 'instant', ...(options as O) }) as const;
export const choice = <const C extends string, const O extends Omit<Options<ChoiceField<C>>, 'choices'>>(
  choices: readonly C[],
  options?: O,
) => ({ kind: 'choice', choices, ...(options as O) }) as const;
export const dictionary = <const O extends Omit<Options<DictionaryField>, 'dictionary'>>(name: string, options?: O) =>
  ({ kind: 'dictionary', dictionary: name, ...(options as O) }) as const;
/** A link to another record; `tree` fields are links to the record's own type. */
export const link = <const O extends Omit<Options<LinkField>, 'to'>>(to: string, options?: O) =>
  ({ kind: 'link', to, ...(options as O) }) as const;
/** @public A stored file, for definitions to come. */
export const file = <const O extends Options<FileField>>(options?: O) => ({ kind: 'file', ...(options as O) }) as const;
export const picture = <const O extends Options<PictureField>>(options?: O) => ({ kind: 'picture', ...(options as O) }) as const;
export const flag = <const O extends Options<FlagField>>(options?: O) => ({ kind: 'flag', ...(options as O) }) as const;

/** True when the engine, not a person, writes the field. */
export const isDerived = (field: Field): boolean => field.derived === true || field.fedBy !== undefined;

/** True when the record cannot be saved without the field, given what stands beside it. */
export const isRequired = (field: Field, beside: Readonly<Record<string, unknown>>): boolean =>
  field.required === true || Object.entries(field.requiredWhen ?? {}).some(([name, choices]) => choices.includes(String(beside[name])));
