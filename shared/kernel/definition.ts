import type { Day, Instant } from './days.ts';
import type { Field, Fields, LinkField, Secret, ValuesOf } from './fields.ts';
import type { Facts, FieldRefusal } from './refusal.ts';
import type { SpecialRight } from './specialRights.ts';

/**
 * A record type is defined once. Storage, checks, rights, API, list, form, import, export, print, audit, search and
 * reports follow from the definition; generic code knows no type by name.
 */
export interface Definition {
  readonly type: string;
  readonly kind: 'record' | 'document';
  readonly area: string;
  readonly fields: Fields;
  /** Rows that belong to the record and live and die with it: lines, addresses, allocations. */
  readonly parts: Readonly<Record<string, Part>>;
  /** The field whose value names the record in lists, links and messages. */
  readonly title: string;
  readonly visibility: Visibility;
  /** Operations that make sense for it; what is not here nobody can do. */
  readonly operations: readonly Operation[];
  readonly numbering?: Numbering;
  /** Named first, used first: how a list is sorted until the user chooses. */
  readonly sort: readonly Sort[];
  /** Fields whose folded value must differ from every living record's, and how near counts as a question. */
  readonly duplicates?: Duplicates;
  /**
   * Fields the server fills from another when they are left empty in a new record: the mnemonic from the name's pinyin, a
   * day so many days after another (as many as the named parameter of the company says), what the record behind a link says.
   */
  readonly fills?: Readonly<
    Record<
      string,
      | { readonly from: string; readonly as: 'mnemonic' }
      | { readonly from: string; readonly as: 'daysAfter'; readonly parameter: string }
      | { readonly from: string; readonly as: 'linked'; readonly field: string }
    >
  >;
  /** Derived fields that take over a field of the record a link points to, at every save as long as everything may be changed. */
  readonly copies?: Readonly<Record<string, { readonly link: string; readonly field: string }>>;
  /** The picture that stands for the record in lists, pickers and on paper: the one in this field, else the first of a part. */
  readonly face?: { readonly field: string; readonly part: string; readonly row: string };
  readonly tree?: { readonly parent: string };
  readonly states?: Readonly<Record<string, State>>;
  readonly steps?: Readonly<Record<string, Step>>;
  readonly becomes?: Readonly<Record<string, Becoming>>;
  readonly calculation?: Calculation;
  readonly print?: PrintRule;
  readonly search?: SearchRule;
}

export interface Part {
  readonly fields: Fields;
  /** At most this many rows. */
  readonly max: number;
  readonly required?: boolean;
  /** A row that has none of these fields filled is dropped on save. */
  readonly key?: readonly string[];
  /** What the rows say is true of this one record alone: a copy begins without them. */
  readonly ofOne?: boolean;
  /** What its rows begin with in a document that comes from others, by the name of a server feature. */
  readonly proposedBy?: string;
  /** The grid's row is laid out for fast entry (documents) instead of a small table (records). */
  readonly entry?: boolean;
}

export type Operation = 'read' | 'create' | 'change' | 'delete' | 'share' | 'assign' | 'approve' | 'void' | 'print' | 'export';
export const operations: readonly Operation[] = [
  'read',
  'create',
  'change',
  'delete',
  'share',
  'assign',
  'approve',
  'void',
  'print',
  'export',
];

/** How far an operation reaches: nobody's, own records, own department, own department and below, everybody's. */
export type Scope = 'none' | 'own' | 'department' | 'departmentTree' | 'all';
export const scopes: readonly Scope[] = ['none', 'own', 'department', 'departmentTree', 'all'];

/**
 * Who can see a record: the whole company (but those whose flag `hides.field` is set only with a special right, and those of a
 * department named in the link `branch` only its people, whoever is above them, and whose reach is all), its owner (and whoever it
 * is shared with, and superiors by scope), or whoever sees the record it hangs on.
 */
export type Visibility =
  | { readonly by: 'company'; readonly hides?: { readonly field: string; readonly right: SpecialRight }; readonly branch?: string }
  | { readonly by: 'owner'; readonly through?: string }
  | { readonly by: 'parent'; readonly through: string };

export interface Numbering {
  /** The field that receives the number. */
  readonly field: string;
  /** `SO{yyyy}{mm}{dd}-{serial:4}`: the serial starts again whenever the rest of the text changes. */
  readonly series: string;
  /** Drawn when the record is made, or with a step. */
  readonly drawnAt: string;
  /** A person may type another number. */
  readonly editable?: boolean;
  /** No holes: the number is given in the transaction that uses it and never reused. */
  readonly strict?: boolean;
}

export interface Sort {
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

export interface Duplicates {
  /** Equal after folding width, case, spaces and script: refused. */
  readonly exact: readonly (readonly string[])[];
  /** Equal after dropping company suffixes too: asked about. */
  readonly near?: string;
}

export interface SearchRule {
  /** Rows found without typing are these first. */
  readonly show?: readonly string[];
}

export interface State {
  /** What may be changed in this state: everything, nothing, or the named fields. */
  readonly editable: 'all' | 'none' | readonly string[];
  readonly look: 'draft' | 'waiting' | 'active' | 'done' | 'void';
  /** Only records in such a state can be thrown into the recycle bin. */
  readonly deletable?: boolean;
  /** Whoever may only read such documents does not see them in this state: they are not meant for them yet. */
  readonly internal?: boolean;
  /** Printed paper carries a watermark until the state is passed. */
  readonly watermark?: boolean;
}

export interface Step {
  readonly from: readonly string[];
  readonly to: string;
  readonly operation: Operation;
  readonly requires?: readonly Guard[];
  readonly posts?: Posting;
  /** Derived values the step gives the document. */
  readonly sets?: Readonly<Record<string, Value>>;
  /** Adds what the parts take from their source documents to those documents. */
  readonly feeds?: boolean;
  /** Cuts `field` of every row down to what others have used of it: the sources get back what was taken and not used. */
  readonly cutsTo?: { readonly part: string; readonly field: string; readonly used: string };
  /** Mirrors every move of these steps that is not mirrored yet, and takes back what they fed. */
  readonly undoes?: readonly string[];
  /** Makes a second document in this state, of today and with a number of its own, that does the undoing. */
  readonly reversesInto?: string;
  /** Makes the next revision of the document in this state: the same content, of today, with the number of the first and `-R2` behind it. */
  readonly revisesInto?: string;
  /** What it moves is of today, whatever the document's own day: it may be taken when that day's period is closed. */
  readonly dated?: 'today';
  /** The person must say why. */
  readonly asksReason?: boolean;
  /** Taken by the engine when the document says so (see Calculation.reaction), never by a person. */
  readonly automatic?: boolean;
  /** What else happens in the same transaction, by the name of a server feature. */
  readonly effects?: readonly string[];
  readonly danger?: boolean;
  /** Refused to whoever made the document and to the people whom these fields name, unless nobody else may take it. */
  readonly notOwn?: readonly string[];
}

/** A condition of a step. It names the facts it needs and the engine brings them. */
export interface Guard {
  readonly name: string;
  readonly facts?: readonly string[];
  readonly check: (document: AnyRecord, facts: FactBag) => GuardRefusal | null;
  /** Whoever has this special right may pass in spite of it. */
  readonly override?: string;
  /** And must say why. */
  readonly asksReason?: boolean;
}
export interface GuardRefusal {
  readonly code: string;
  /** How firm it is: passed by who has seen it and says so, by who has the guard's right (as without a level), by nobody. */
  readonly level?: GuardLevel;
  readonly facts?: Facts;
  readonly fields?: FieldRefusal[];
}

export type GuardLevel = 'warn' | 'approve' | 'block';

/** What a step writes into the ledgers, and what it notes on the document itself. */
export interface Posting {
  readonly name: string;
  readonly facts?: readonly string[];
  /** Looked up only when nothing stands against the step: finding them may make records, such as the lots that goods come in with. */
  readonly lateFacts?: readonly string[];
  /** The ledgers in which it says in smaller parts what it moves in others (see LedgerDefinition.details). */
  readonly details?: readonly string[];
  readonly moves: (document: AnyRecord, facts: FactBag) => PostingResult;
}
export interface PostingResult {
  readonly moves: readonly Move[];
  /** Derived values to store on the document itself. */
  readonly values?: Readonly<Record<string, Value>>;
  /** Derived values to store on rows of a part, by row id. */
  readonly rows?: readonly { readonly part: string; readonly id: number; readonly values: Readonly<Record<string, unknown>> }[];
}

/** One move in a ledger: `amount` (> 0) of `subject` leaves one place and arrives at another. */
export interface Move {
  readonly ledger: string;
  readonly subject: number;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  /** The row of the document that causes it. */
  readonly row?: number;
  /** The place it leaves may go below zero although the ledger forbids it. */
  readonly mayOverdraw?: boolean;
  readonly day?: Day;
}

/** Facts by name; each posting and guard casts the ones it asked for to the type given in shared/documents/facts.ts. */
export type FactBag = Readonly<Record<string, unknown>>;

/**
 * How rows of a target document come from this one, and what is counted back: the target's rows carry `sourceType`,
 * `source` and `sourceRow`; when the target takes a step that feeds, the sum of `into.field` is added to `feeds` here and
 * may not pass `limit`.
 */
export interface Becoming {
  readonly from: readonly string[];
  /** One target row for each row of this part, or one for the whole document. */
  readonly each: { readonly part: string } | 'document';
  readonly into: { readonly part: string; readonly field: string };
  readonly feeds: string;
  readonly limit: string;
  /** Offered at first, where more may be taken than is expected (a supplier delivers a little more): up to this field. */
  readonly offers?: string;
  /** Target head field ← own head field. Values of several sources must agree for the fields in `same`. */
  readonly head: Readonly<Record<string, string>>;
  readonly same: readonly string[];
  /** Row fields of the target that must stay what they were in the source. */
  readonly keep?: readonly string[];
  /** Target row field ← own row field. */
  readonly row: Readonly<Record<string, string>>;
  /** Only while the own head fields hold one of these values. */
  readonly when?: Readonly<Record<string, readonly Value[]>>;
  /** What is fed to a row here is fed on to the row that one came from, by the way from there to the same target. */
  readonly passes?: boolean;
  /** `feeds` counts what was taken and nothing is used up: everything is offered every time. */
  readonly unlimited?: boolean;
  /** What it was made from may come to less later: what was taken beyond that stays, and nothing more is open. */
  readonly mayShrink?: boolean;
  /**
   * Own head field that keeps the day of the last document of type `of` that took of this one and still stands. A row of it stands
   * as long as what took of that row in turn (`gone`, a red-letter invoice) has not taken all of it.
   */
  readonly dates?: { readonly field: string; readonly of: string; readonly gone?: string };
}

/** Pure arithmetic of a record: run in the form while typing and again on the server, whose result wins. */
export interface Calculation {
  readonly name: string;
  readonly run: (record: AnyRecord, setting: CalculationSetting) => AnyRecord;
  /** After something was fed into the document: the automatic step that is now due. */
  readonly reaction?: (record: AnyRecord) => string | null;
}
export interface CalculationSetting {
  /** Decimal digits of the document's currency. */
  readonly currencyDigits: number;
  /** Decimal digits of the company's own currency. */
  readonly baseDigits: number;
}

export interface PrintRule {
  /** Standard templates by name, the first is the default. */
  readonly templates: readonly string[];
  /** Linked records whose fields may be merged into the paper. */
  readonly include: readonly string[];
  /** Papers for a linked record with this flag show nothing of the secret, whoever prints them. */
  readonly strips?: { readonly link: string; readonly flag: string; readonly secret: Secret };
  /** Its papers are labels: many of each go into one print. */
  readonly labels?: boolean;
}

/** A record as generic code sees it. */
export interface AnyRecord {
  id: number;
  version: number;
  type: string;
  state?: string;
  values: Record<string, Value>;
  parts: Record<string, AnyRow[]>;
}
export type Value = string | number | boolean | null;
export interface AnyRow {
  id: number;
  [field: string]: Value;
}

/** A record with the types its definition gives. */
export interface RecordOf<D extends { fields: Fields; parts: Readonly<Record<string, Part>> }> {
  id: number;
  version: number;
  type: string;
  state?: string;
  values: ValuesOf<D['fields']>;
  parts: { [P in keyof D['parts']]: (ValuesOf<D['parts'][P]['fields']> & { id: number })[] };
}

/** Bookkeeping every record has besides its own fields. */
export interface Stamps {
  readonly createdAt: Instant;
  readonly createdBy: number;
  readonly changedAt: Instant;
  readonly changedBy: number;
}

/** The record type a field points to; null where it points to none. Entries of dictionaries are records too. */
export function targetOf(field: Field): string | null {
  if (field.kind === 'link') return field.to;
  return field.kind === 'dictionary' ? 'dictionaryEntry' : null;
}

/** The fields that point to another record, dictionary entries included. */
export function linksOf(fields: Fields): readonly (readonly [string, LinkField])[] {
  const known = links.get(fields) ?? linksAmong(fields);
  links.set(fields, known);
  return known;
}

const links = new WeakMap<Fields, readonly (readonly [string, LinkField])[]>();

function linksAmong(fields: Fields): [string, LinkField][] {
  return Object.entries(fields).flatMap(([name, field]): [string, LinkField][] => {
    if (field.kind === 'link') return [[name, field]];
    if (field.kind === 'dictionary') return [[name, { ...field, kind: 'link', to: 'dictionaryEntry' } as LinkField]];
    return [];
  });
}

/** A field of the record by its path: `name` or `lines.quantity`. */
export function fieldAt(definition: Definition, path: string): Field | undefined {
  const [head = '', tail] = path.split('.');
  if (tail === undefined) return definition.fields[head];
  return definition.parts[head]?.fields[tail];
}
