import type { Day } from '../../../../shared/kernel/days.ts';
import { isDay, parseDay } from '../../../../shared/kernel/days.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { Field, NumberKind } from '../../../../shared/kernel/fields.ts';
import { digitsOf, formatExact, parseNumber } from '../../../../shared/kernel/numbers.ts';
import type { Facts } from '../../../../shared/kernel/refusal.ts';
import { foldText } from '../../../../shared/kernel/searchTerms.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { choiceName } from '../../../../shared/language/labels.ts';
import { languages } from '../../../../shared/language/languages.ts';
import type { CellValue } from '../workbook/cells.ts';

/** What a cell says to a field: its value, with a remark where it was read differently than it stands there, or why it cannot be taken. */
export type ReadCell = { readonly value: Value; readonly remark?: Remark } | { readonly problem: Remark };
export interface Remark {
  readonly code: string;
  readonly facts: Facts;
}

export interface ReadSetting {
  readonly today: Day;
  /** Decimal digits of the company's own currency. */
  readonly baseDigits: number;
  /** Everything in the file is text, so that a number as text is nothing to remark. */
  readonly isAllText: boolean;
}

/** What a person reads in the cell. */
export function textOf(cell: CellValue | undefined): string {
  if (cell === undefined) return '';
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'day':
      return cell.day;
    case 'flag':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'formula':
      return `=${cell.formula}`;
    case 'error':
      return cell.error;
    default:
      return cell.text;
  }
}

/**
 * Reads a cell for a field that is not a link. Nothing is guessed: what is not plainly of the field's kind is a problem, and
 * what is read in another form than it was written comes with the remark 'import.readAs'.
 */
export function readValue(of: { type: string; path: string; field: Field }, cell: CellValue, setting: ReadSetting): ReadCell {
  if (cell.kind === 'empty') return { value: null };
  if (cell.kind === 'error') return { problem: { code: 'import.errorCell', facts: { error: cell.error } } };
  if (cell.kind === 'formula') return readResult(of, cell, setting);
  switch (of.field.kind) {
    case 'text':
    case 'note':
      return readText(of.field, cell);
    case 'flag':
      return readFlag(cell);
    case 'day':
      return readDay(cell, setting.today);
    case 'choice':
      return readChoice(of, of.field.choices, textOf(cell));
    case 'instant':
      return { value: textOf(cell) };
    case 'integer':
      return readNumber(cell, 0, setting);
    case 'money':
    case 'quantity':
    case 'price':
    case 'rate':
    case 'exchangeRate':
      return readNumber(cell, digitsOf(of.field.kind as NumberKind, setting.baseDigits), setting, of.field.kind === 'rate');
    default:
      return { problem: { code: 'import.unknownValue', facts: { value: textOf(cell) } } };
  }
}

/** A number of a cell as an integer with so many decimal digits; '13%' is 0.13 where percentages make sense. */
export function readNumber(cell: CellValue, digits: number, setting: ReadSetting, isRate = false): ReadCell {
  const text = textOf(cell).trim();
  const percent = isRate && /[%％]$/.test(text);
  const parsed = parseNumber(percent ? text.slice(0, -1) : text, percent ? digits - 2 : digits);
  if (cell.kind === 'day' || cell.kind === 'flag') return { problem: { code: 'import.notANumber', facts: { text } } };
  if (parsed.problem) return { problem: { code: `import.${parsed.problem}`, facts: { text, digits } } };
  const shown = formatExact(parsed.value, digits, { trim: true });
  const isPlain = cell.kind === 'number' || (setting.isAllText && /^-?\d+(\.\d+)?$/.test(text));
  return isPlain ? { value: parsed.value } : { value: parsed.value, remark: { code: 'import.readAs', facts: { value: shown } } };
}

function readResult(of: Parameters<typeof readValue>[0], cell: Extract<CellValue, { kind: 'formula' }>, setting: ReadSetting): ReadCell {
  if (!cell.result || cell.result.kind === 'empty')
    return { problem: { code: 'import.formulaWithoutResult', facts: { formula: cell.formula } } };
  const read = readValue(of, cell.result, setting);
  if ('problem' in read) return read;
  return { value: read.value, remark: { code: 'import.formulaResult', facts: { formula: cell.formula, value: textOf(cell.result) } } };
}

// Excel keeps 15 digits; what is longer was rounded before it came to us.
const exactDigitsMax = 15;

function readText(field: Extract<Field, { kind: 'text' | 'note' }>, cell: CellValue): ReadCell {
  const text = textOf(cell);
  if (cell.kind === 'number' && text.replace(/\D/g, '').length > exactDigitsMax)
    return { problem: { code: 'import.digitsLost', facts: { text } } };
  if (cell.kind === 'day' || cell.kind === 'flag') return { value: text, remark: { code: 'import.readAs', facts: { value: text } } };
  if (field.kind !== 'text' || field.format === undefined) return { value: text };
  const narrow = text.normalize('NFKC').trim();
  return narrow === text.trim() ? { value: text } : { value: narrow, remark: { code: 'import.readAs', facts: { value: narrow } } };
}

const yes = new Set(['true', 'yes', 'y', '1', '是', '√', '✓', '对', '有']);
const no = new Set(['false', 'no', 'n', '0', '否', '×', '无', '没有']);

function readFlag(cell: CellValue): ReadCell {
  if (cell.kind === 'flag') return { value: cell.value };
  const text = foldText(textOf(cell));
  if (!yes.has(text) && !no.has(text)) return { problem: { code: 'import.notAFlag', facts: { text: textOf(cell) } } };
  return { value: yes.has(text), remark: { code: 'import.readAs', facts: { value: String(yes.has(text)).toUpperCase() } } };
}

function readDay(cell: CellValue, today: Day): ReadCell {
  if (cell.kind === 'day') return { value: cell.day };
  const text = textOf(cell).trim();
  if (isDay(text)) return { value: text };
  // Short forms such as '5' or '+3' are for typing, where a person sees what becomes of them.
  const hasYear = /^\s*(\d{8}|\d{4}\s*[-/.年].+)$/.test(text.normalize('NFKC'));
  const day = hasYear ? parseDay(text, today) : null;
  return day === null
    ? { problem: { code: 'import.notADay', facts: { text } } }
    : { value: day, remark: { code: 'import.readAs', facts: { value: day } } };
}

function readChoice(of: { type: string; path: string }, choices: readonly string[], text: string): ReadCell {
  const wanted = foldText(text);
  const named = (choice: string) =>
    languages.some((language) => foldText(choiceName(domainWords[language], of.type, of.path, choice)) === wanted);
  const choice = choices.find((one) => one.toLowerCase() === wanted || named(one));
  return choice === undefined ? { problem: { code: 'import.unknownChoice', facts: { text } } } : { value: choice };
}
