import type { Operation, Sort, Value } from '../kernel/definition.ts';
import type { Field } from '../kernel/fields.ts';
import type { Facts, FieldRefusal } from '../kernel/refusal.ts';
import type { CaptchaMode } from './signIns.ts';

/**
 * What crosses the wire between server and client. Numbers with a scale travel as the integers they are stored as: money in
 * minor units of its currency, quantity, price and rate in 10⁻⁶, exchange rate in 10⁻⁹.
 */
export interface RecordAnswer {
  type: string;
  id: number;
  version: number;
  state?: string;
  /** Fields the reader may see; others are absent. */
  values: Record<string, Value>;
  parts: Record<string, WireRow[]>;
  /** Names of linked records: titles[type][id]. */
  titles: Titles;
  /** Steps the reader may take now (guards are tried when it is taken). */
  steps?: string[];
  /** Operations the reader may do with this very record. */
  may?: Operation[];
  /** Documents made from this one and those it was made from. */
  related?: { type: string; id: number; title: string; state: string | null; direction: 'before' | 'after' }[];
  createdAt: string;
  createdBy: number;
  changedAt: string;
  changedBy: number;
}
export interface WireRow {
  id: number;
  [field: string]: Value;
}
export type Titles = Record<string, Record<number, string>>;

/** The body of a create or change. Part rows with an id are kept and changed, without one added; rows left out are deleted. */
export interface RecordInput {
  /** The version the person saw; required for a change. */
  version?: number;
  values?: Record<string, Value>;
  parts?: Record<string, ({ id?: number } & Record<string, Value | undefined>)[]>;
  /** Codes of questions the person has answered with yes (near duplicates). */
  confirmed?: string[];
  /** A step to take with it once it is stored, in the same transaction: both are done, or neither. */
  step?: StepInput;
}

/** A step by its name, why it is taken, and the codes of warnings that were read. */
export interface StepInput {
  name: string;
  reason?: string | undefined;
  confirmed?: readonly string[] | undefined;
}

export type Filter =
  | { all: Filter[] }
  | { any: Filter[] }
  | { not: Filter }
  | { field: string; is: FilterOperator; value?: Value | Value[] };
export type FilterOperator =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'less'
  | 'lessOrEqual'
  | 'greater'
  | 'greaterOrEqual'
  | 'between'
  | 'contains'
  | 'startsWith'
  | 'empty'
  | 'filled'
  | 'under'
  /** Days: more than so many days ago; and, whatever the year, within so many days from today. */
  | 'olderThan'
  | 'comesRoundWithin';

export interface ListQuery {
  /** Words, pinyin, codes: the search box. */
  search?: string;
  filter?: Filter;
  sort?: Sort[];
  /** Columns wanted; linked fields by path (`customer.region`). All visible fields when left out. */
  fields?: string[];
  /** From the answer before; opaque. */
  after?: string;
  limit?: number;
  /** Ask for the count and the sums of these money and quantity fields over the whole filtered set. */
  totals?: boolean;
  /** Look into the recycle bin instead. */
  deleted?: boolean;
  /** Only what others shared with me. */
  sharedWithMe?: boolean;
}
export interface ListAnswer {
  rows: ListRow[];
  titles: Titles;
  next: string | null;
  count?: number;
  sums?: Record<string, number>;
  /** In the recycle bin: how many records of which type were thrown away together with each record, and come back with it. */
  along?: Record<number, Record<string, number>>;
}
export interface ListRow {
  id: number;
  version: number;
  state?: string;
  values: Record<string, Value>;
}

export interface PickAnswer {
  rows: PickRow[];
}
export interface PickRow {
  id: number;
  title: string;
  code?: string;
  /** What the definition's `search.show` names, already trimmed by rights. */
  values: Record<string, Value>;
  titles: Titles;
  stock?: { onHand: number; promised: number; available: number };
}

/** RFC 9457 problem details with our code and facts; the client puts it into words. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  facts?: Facts;
  fields?: FieldRefusal[];
  incident?: string;
  /** 409 on a stale version: what the server holds now. */
  current?: RecordAnswer;
  /** Records the refusal speaks of, when the reader may see them. */
  records?: { type: string; id: number; title: string; owner?: string; state?: string | null }[];
}

/** A definition as one person may see it: fields without right are missing. */
export interface DefinitionAnswer {
  type: string;
  kind: 'record' | 'document';
  area: string;
  title: string;
  fields: Record<string, WireField>;
  parts: Record<
    string,
    {
      fields: Record<string, WireField>;
      max: number;
      required?: boolean;
      entry?: boolean;
      ofOne?: boolean;
      proposedBy?: string;
      key?: readonly string[];
    }
  >;
  operations: Operation[];
  sort: readonly Sort[];
  states?: Record<string, { look: string; editable: 'all' | 'none' | readonly string[]; deletable?: boolean }>;
  steps?: Record<
    string,
    {
      from: readonly string[];
      to: string;
      asksReason?: boolean;
      danger?: boolean;
      automatic?: boolean;
      /** The link to the document that the step makes, which is opened next. */
      opens?: string;
    }
  >;
  becomes?: Record<
    string,
    {
      from: readonly string[];
      each: { part: string } | 'document';
      into: { part: string; field: string };
      feeds: string;
      limit: string;
      offers?: string;
      /** Head fields of the target in which all its sources agree. */
      same: readonly string[];
      when?: Readonly<Record<string, readonly Value[]>>;
      unlimited?: boolean;
    }
  >;
  /** Name of the calculation the form runs while typing. */
  calculation?: string;
  tree?: { parent: string };
  search?: { show?: readonly string[] };
  print?: { templates: readonly string[]; labels?: boolean };
  numbering?: { field: string; editable?: boolean };
  /** Labels for types that are not in the client's own word lists. */
  labels?: Record<string, Record<string, string>>;
}
export type WireField = Field & { readOnly?: boolean };

/** What everybody may know of the server: whether it is set up, which companies it keeps, and its release. */
export interface StateAnswer {
  setUp: boolean;
  /** Setting it up from this computer takes the code of its console. */
  needsCode: boolean;
  companies: CompanyAnswer[];
  version: string;
}

export interface SessionAnswer {
  user: { id: number; login: string; name: string; department: number; language: string | null };
  company: CompanyAnswer;
  /** Special rights held. */
  rights: string[];
  administrator: boolean;
  mustChangePassword: boolean;
  /** A second step has to be set up before anything else. */
  isSecondStepDue: boolean;
  /** Set where the company's address rules leave the person less than their rights. */
  limits?: { lookOnly: boolean; areas: readonly string[] | null };
  definitions: DefinitionAnswer[];
  settings: CompanySettings;
}
export interface CompanyAnswer {
  code: string;
  name: string;
  practice?: boolean;
  /** Whether a picture has to be read before signing in; told at the door alone. */
  captcha?: CaptchaMode;
}
export interface CompanySettings {
  /** How long a new password must at least be. */
  passwordLength: number;
  language: 'zh-CN' | 'zh-TW' | 'en';
  timeZone: string;
  currency: { id: number; code: string; digits: number; symbol: string };
  today: string;
  isLive: boolean;
  /** System parameters by key (CFG-08). */
  parameters: Record<string, Value>;
}

/** Pushed to clients after the commit: ids and versions only. */
export interface ChangeEvent {
  type: string;
  id: number;
  version: number;
}
