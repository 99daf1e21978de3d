import { createHash } from 'node:crypto';
import type { CellRemark, RowMatch } from '../../../../shared/exchange/importAnswers.ts';
import { type Companion, type ImportPlan, readNamed } from '../../../../shared/exchange/importPlan.ts';
import { checkRecord, type DefaultsFor, type RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { Definition, Value } from '../../../../shared/kernel/definition.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { duplicateKeys } from '../../../database/codec.ts';
import type { CellValue, RowCells } from '../workbook/cells.ts';
import { looksLikeFormula } from '../workbook/formulaText.ts';
import type { Lookups } from './lookups.ts';
import { type ReadSetting, type Remark, readValue, textOf } from './readValue.ts';
import type { MappedColumn } from './targets.ts';

/** A row of the file as the check leaves it: its verdict, what is wrong with it, and the drafts it would become. */
export interface CheckedRow {
  readonly row: number;
  kind: string;
  readonly title: string;
  readonly draft: RecordDraft;
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
}

// An id that passes every check and is replaced before anything is stored.
const standIn = 1;

/** Reads one row. Problems of all its cells are collected. */
export function checkRow(setting: RowSetting, { row, cells }: RowCells): CheckedRow {
  const reading = readCells(setting, cells);
  const { definition } = setting;
  const titleCell = cellFor(setting, cells, definition.title);
  const title = textOf(titleCell).trim();
  const isNamed = title.replace(/[\p{C}\p{Z}\s]/gu, '') !== '';
  const mark = createHash('sha1')
    .update(JSON.stringify(setting.columns.map(({ index }) => textOf(cells[index]))))
    .digest('base64');
  const base = { row, kind: '', title, pending: reading.pending, problems: reading.problems, remarks: reading.remarks, mark };
  if (!isNamed)
    return {
      ...base,
      kind: 'emptyName',
      draft: { values: {}, parts: {} },
      given: [],
      companions: {},
      fold: null,
      near: null,
      isFormula: false,
    };
  const given = Object.keys(reading.values);
  giveOwner(setting, reading);
  const draft = checkedDraft(setting, reading, {
    definition,
    defaults: setting.defaults,
    companion: null,
    values: reading.values,
    parts: reading.parts,
  });
  const companions = companionDrafts(setting, reading, draft);
  const keys = duplicateKeys(definition, { ...reading.values, ...draft.values });
  return {
    ...base,
    draft,
    given,
    companions,
    fold: keys.fold,
    near: keys.near,
    isFormula: titleCell?.kind === 'text' && looksLikeFormula(titleCell.text),
  };
}

/** What the cells of a row say, sorted by where it goes. */
interface Reading {
  readonly cells: readonly CellValue[];
  readonly values: Record<string, Value>;
  readonly parts: Record<string, Record<string, Value>[]>;
  readonly companions: Record<string, Record<string, Value>>;
  readonly pending: PendingLink[];
  readonly problems: CellRemark[];
  readonly remarks: CellRemark[];
}

function readCells(setting: RowSetting, cells: readonly CellValue[]): Reading {
  const reading: Reading = { cells, values: {}, parts: {}, companions: {}, pending: [], problems: [], remarks: [] };
  for (const column of setting.columns) {
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
    const read = readValue({ type: setting.definition.type, path: field, field: column.field }, cell, setting);
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

/** Who answers for the row's record: the person it names, else whom the options name; the department follows the person. */
function giveOwner(setting: RowSetting, reading: Reading): void {
  if (setting.definition.visibility.by !== 'owner') return;
  const owner = typeof reading.values.owner === 'number' ? reading.values.owner : null;
  reading.values.owner = owner ?? setting.ownerless.owner;
  reading.values.department ??= owner === null ? setting.ownerless.department : (setting.departments.get(owner) ?? null);
}

interface DraftQuestion {
  definition: Definition;
  defaults: DefaultsFor;
  companion: string | null;
  values: Record<string, Value>;
  parts: Record<string, Record<string, Value>[]>;
}

/** The draft as a person's own entry would be checked; what is refused becomes a problem of its column. */
function checkedDraft(setting: RowSetting, reading: Reading, asked: DraftQuestion): RecordDraft {
  try {
    return checkRecord(
      asked.definition,
      { values: asked.values, parts: asked.parts },
      { complete: true, defaults: asked.defaults, ...(asked.companion === null ? { mayFill: setting.mayFill } : {}) },
    );
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'record.invalid') throw refusal;
    for (const { path, code, facts } of refusal.fields) {
      const column = setting.columns.find(({ target }) => target === targetOfPath(setting.plan, asked.companion, path));
      const isKnown = reading.problems.some((problem) => problem.column === column?.index);
      if (column && !isKnown) reading.problems.push(remarkOn(column, reading.cells[column.index], { code, facts: facts ?? {} }));
      if (!column) reading.problems.push({ code, facts: { field: path, ...facts }, text: '' });
    }
    return { values: asked.values, parts: asked.parts };
  }
}

function targetOfPath(plan: ImportPlan, companion: string | null, path: string): string {
  if (companion === null) return path;
  const rule = plan.companions[companion];
  return `${companion}.${rule?.kind === 'document' ? path.slice(path.lastIndexOf('.') + 1) : path}`;
}

function companionDrafts(setting: RowSetting, reading: Reading, draft: RecordDraft): Record<string, CompanionDraft> {
  const drafts: Record<string, CompanionDraft> = {};
  for (const [name, { rule, definition, defaults }] of Object.entries(setting.companions)) {
    const cells = reading.companions[name];
    if (!cells || Object.values(cells).every((value) => value === null || value === '')) continue;
    if (rule.kind === 'record') {
      const named = { ...rule.values, ...cells, [rule.link]: standIn };
      if (!named[definition.title])
        named[definition.title] = rule.titleFrom.map((field) => draft.values[field]).find((title) => title) ?? null;
      drafts[name] = {
        given: Object.keys(cells),
        draft: checkedDraft(setting, reading, { definition, defaults, companion: name, values: named, parts: {} }),
      };
      continue;
    }
    if (Number(cells[rule.amount] ?? 0) === 0) continue;
    const { [rule.head]: head, ...row } = cells;
    const column = setting.columns.find(({ target }) => target === `${name}.${rule.head}`);
    const isKnown = reading.problems.some((problem) => problem.column === column?.index && column !== undefined);
    if ((head === undefined || head === null) && !isKnown)
      reading.problems.push(remarkOn(column, undefined, { code: 'field.required', facts: { field: rule.head } }));
    const parts = { [rule.part]: [{ ...row, [rule.subject]: standIn }] };
    const values = { [rule.head]: head ?? standIn };
    drafts[name] = { given: [], draft: checkedDraft(setting, reading, { definition, defaults, companion: name, values, parts }) };
  }
  return drafts;
}

function cellFor(setting: RowSetting, cells: readonly CellValue[], target: string): CellValue | undefined {
  const column = setting.columns.find((one) => one.target === target);
  return column && cells[column.index];
}

function remarkOn(column: MappedColumn | undefined, cell: CellValue | undefined, { code, facts }: Remark): CellRemark {
  return {
    ...(column ? { column: column.index, header: column.header, target: column.target } : {}),
    code,
    facts,
    text: textOf(cell).slice(0, 200),
  };
}
