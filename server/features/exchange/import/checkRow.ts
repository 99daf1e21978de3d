import { createHash } from 'node:crypto';
import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import { duplicateKeys } from '../../../database/codec.ts';
import type { RowCells } from '../workbook/cells.ts';
import { looksLikeFormula } from '../workbook/formulaText.ts';
import { documentDraft } from './documentRows.ts';
import { textOf } from './readValue.ts';
import { checkedDraft } from './rowDraft.ts';
import {
  type CheckedRow,
  type CompanionDraft,
  cellFor,
  fillPart,
  type Reading,
  type RowSetting,
  readCells,
  remarkOn,
  standIn,
} from './rowReading.ts';

/** Reads one row. Problems of all its cells are collected. */
export function checkRow(setting: RowSetting, { row, cells }: RowCells): CheckedRow {
  const reading = readCells(setting, cells);
  const { definition } = setting;
  const titleCell = cellFor(setting, cells, setting.plan.names ?? definition.title);
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
  fillPart(setting, reading);
  if (setting.plan.document) return { ...base, ...documentDraft(setting, setting.plan.document, reading), given };
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

/** Who answers for the row's record: the person it names, else whom the options name; the department follows the person. */
function giveOwner(setting: RowSetting, reading: Reading): void {
  if (setting.definition.visibility.by !== 'owner') return;
  const owner = typeof reading.values.owner === 'number' ? reading.values.owner : null;
  reading.values.owner = owner ?? setting.ownerless.owner;
  reading.values.department ??= owner === null ? setting.ownerless.department : (setting.departments.get(owner) ?? null);
}

function companionDrafts(setting: RowSetting, reading: Reading, draft: RecordDraft): Record<string, CompanionDraft> {
  const drafts: Record<string, CompanionDraft> = {};
  for (const [name, { rule, definition, defaults }] of Object.entries(setting.companions)) {
    if (rule.kind === 'counter') continue;
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
