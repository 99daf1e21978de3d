import type { CellRemark, RowMatch } from '../../../../shared/exchange/importAnswers.ts';
import { type Companion, type ImportPlan, readNamed } from '../../../../shared/exchange/importPlan.ts';
import type { DefaultsFor, RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import type { CellValue } from '../workbook/cells.ts';
import type { Lookups } from './lookups.ts';
import { type ReadSetting, type Remark, readValue, textOf } from './readValue.ts';
import type { MappedColumn } from './targets.ts';

/** A row of the file as the check leaves it: its verdict, what is wrong with it, and the drafts it would become. */
export interface CheckedRow {
  readonly row: number;
  kind: string;
  /** The type it becomes, where that is not the plan's own. */
  readonly type?: string;
  readonly title: string;
  draft: RecordDraft;
  /** The fields of the record that the row itself fills. */
  readonly given: readonly string[];
  readonly companions: Readonly<Record<string, CompanionDraft>>;
  /** Links to entries that do not exist yet: the draft holds a stand-in there until the entry is made. */
  readonly pending: readonly PendingLink[];
  readonly problems: CellRemark[];
  readonly remarks: CellRemark[];
  /** Stands for the whole row: equal rows have equal marks. */
  readonly mark: string;
  readonly fold: string | null;
  readonly near: string | null;
  /** Equal in rows that a document rule takes for the same. */
  same?: string | null;
  /** What its detail names, and whether there is but one of it. */
  thing?: { readonly key: string; readonly isSingle: boolean };
  readonly isFormula: boolean;
  match?: RowMatch;
}

export interface CompanionDraft {
  readonly draft: RecordDraft;
  readonly given: readonly string[];
}

export interface PendingLink {
  readonly key: string;
  /** The companion it belongs to, or null for the record itself. */
  readonly companion: string | null;
  readonly field: string;
  /** For a row of a part: which part, which row. */
  readonly part?: string;
  readonly index?: number;
}

/** A record of the company that a row is or is like. */
export interface CompanyMatch {
  readonly id: number;
  readonly title: string;
  /** It is the row's record: the same code or the same folded name. */
  readonly isSame: boolean;
  /** Its folded name is the row's: there can be no second record of that name. */
  readonly isTwin: boolean;
  readonly isVisible: boolean;
  readonly isChangeable: boolean;
  /** Another record that has as good a claim. */
  readonly conflict?: string;
}

/** What the rows of one sheet are checked with. */
export interface RowSetting extends ReadSetting {
  readonly plan: ImportPlan;
  readonly definition: Definition;
  readonly companions: Readonly<Record<string, { rule: Companion; definition: Definition; defaults: DefaultsFor }>>;
  readonly columns: readonly MappedColumn[];
  readonly lookups: Lookups;
  readonly defaults: DefaultsFor;
  /** Fields of the record that whoever imports can be asked to fill. */
  readonly mayFill: (name: string) => boolean;
  /** Where a person's records are counted; null when owners cannot be given. */
  readonly departments: ReadonlyMap<number, number>;
  readonly ownerless: { readonly owner: number | null; readonly department: number | null };
  /** Decimal digits of a row's money, by the record that this field names; null where all money is the company's own. */
  readonly moneyBy: { readonly field: string; readonly digits: ReadonlyMap<number, number> } | null;
}

// An id that passes every check and is replaced before anything is stored.
export const standIn = 1;

/** What the cells of a row say, sorted by where it goes. */
export interface Reading {
  readonly cells: readonly CellValue[];
  readonly values: Record<string, Value>;
  readonly parts: Record<string, Record<string, Value>[]>;
  readonly companions: Record<string, Record<string, Value>>;
  readonly pending: PendingLink[];
  readonly problems: CellRemark[];
  readonly remarks: CellRemark[];
}

export function readCells(setting: RowSetting, cells: readonly CellValue[]): Reading {
  const reading: Reading = { cells, values: {}, parts: {}, companions: {}, pending: [], problems: [], remarks: [] };
  const isFirst = ({ target }: MappedColumn): boolean => target === setting.moneyBy?.field;
  for (const column of setting.columns.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))) {
    const cell = cells[column.index];
    if (!cell || cell.kind === 'empty') continue;
    if (readNamed(setting.plan, column.target)) readNamedCell(setting, reading, column, cell);
    else readCell(setting, reading, column, cell);
  }
  return reading;
}

function readCell(setting: RowSetting, reading: Reading, column: MappedColumn, cell: CellValue): void {
  const [head = '', tail] = column.target.split('.');
  const place = placeIn(reading, tail === undefined ? null : head);
  const field = tail ?? head;
  const lookup = setting.lookups.byTarget.get(column.target);
  if (!lookup) {
    const read = readValue(
      { type: setting.definition.type, path: field, field: column.field },
      cell,
      moneySetting(setting, reading, column),
    );
    if ('problem' in read) reading.problems.push(remarkOn(column, cell, read.problem));
    else place[field] = read.value;
    if ('remark' in read && read.remark) reading.remarks.push(remarkOn(column, cell, read.remark));
    return;
  }
  if (textOf(cell).trim() === '') return;
  const found = lookup.find(cell, setting);
  if ('id' in found) place[field] = found.id;
  else if ('newKey' in found) {
    place[field] = standIn;
    reading.pending.push({ key: found.newKey, companion: tail === undefined ? null : head, field });
    // A person nobody knows does not stop the row: somebody else answers for it.
  } else if (isOwner(setting, column))
    reading.remarks.push(remarkOn(column, cell, { code: 'import.unknownOwner', facts: found.problem.facts }));
  else reading.problems.push(remarkOn(column, cell, found.problem));
}

/** Money is read with the digits of its own currency. */
function moneySetting(setting: RowSetting, { values }: Reading, { field }: MappedColumn): ReadSetting {
  if (setting.moneyBy === null || field.kind !== 'money' || field.in === 'base') return setting;
  const digits = setting.moneyBy.digits.get(Number(values[setting.moneyBy.field] ?? 0));
  return digits === undefined ? setting : { ...setting, baseDigits: digits };
}

/** What columns say about a row of a part, and about its detail, becomes that row. */
export function fillPart({ plan }: RowSetting, reading: Reading): void {
  const row = saidOf(reading, plan.part);
  if (plan.part === undefined || !row) return;
  reading.parts[plan.part] = [row];
  const own = saidOf(reading, plan.detail?.part);
  if (!plan.detail || !own) return;
  const taken = Object.entries(plan.detail.takes).map(([field, from]) => [field, row[from] ?? null] as const);
  reading.parts[plan.detail.part] = [{ ...Object.fromEntries(taken), ...own }];
}

function saidOf({ companions }: Reading, part: string | undefined): Record<string, Value> | undefined {
  const row = part === undefined ? undefined : companions[part];
  return row && Object.values(row).some((value) => value !== null && value !== '') ? row : undefined;
}

/** Where the values of the record, or of one of its companions, are gathered. */
function placeIn(reading: Reading, companion: string | null): Record<string, Value> {
  if (companion === null) return reading.values;
  const place = reading.companions[companion] ?? {};
  reading.companions[companion] = place;
  return place;
}

const isOwner = ({ definition }: RowSetting, column: MappedColumn): boolean =>
  definition.visibility.by === 'owner' && column.target === 'owner';

/** A column such as 'Price: Wholesale' is a row of a part. */
function readNamedCell(setting: RowSetting, reading: Reading, column: MappedColumn, cell: CellValue): void {
  const named = readNamed(setting.plan, column.target);
  if (!named) return;
  const { part, key, value } = named.column;
  const read = readValue({ type: setting.definition.type, path: `${part}.${value}`, field: column.field }, cell, setting);
  if ('problem' in read) {
    reading.problems.push(remarkOn(column, cell, read.problem));
    return;
  }
  const rows = reading.parts[part] ?? [];
  reading.parts[part] = rows;
  const found = setting.lookups.byTarget.get(column.target)?.find({ kind: 'text', text: named.name }, setting);
  if (!found || 'problem' in found) {
    if (found) reading.problems.push(remarkOn(column, cell, found.problem));
    return;
  }
  if ('newKey' in found) reading.pending.push({ key: found.newKey, companion: null, part, index: rows.length, field: key });
  rows.push({ [key]: 'id' in found ? found.id : standIn, [value]: read.value });
  if (read.remark) reading.remarks.push(remarkOn(column, cell, read.remark));
}

export function cellFor(setting: RowSetting, cells: readonly CellValue[], target: string): CellValue | undefined {
  const column = setting.columns.find((one) => one.target === target);
  return column && cells[column.index];
}

export function remarkOn(column: MappedColumn | undefined, cell: CellValue | undefined, { code, facts }: Remark): CellRemark {
  return {
    ...(column ? { column: column.index, header: column.header, target: column.target } : {}),
    code,
    facts,
    text: textOf(cell).slice(0, 200),
  };
}
