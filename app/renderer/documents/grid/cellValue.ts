import type { Titles, WireField } from '../../../../shared/contracts/wire.ts';
import { parseDay } from '../../../../shared/kernel/days.ts';
import { linksOf, type Value } from '../../../../shared/kernel/definition.ts';
import { formatExact } from '../../../../shared/kernel/numbers.ts';
import { isNumberField, readNumber, shapeOf, showNumber } from '../form/inputs/numberText.ts';

/** What reading and showing a cell as plain text needs to know. */
export interface CellSetting {
  today: string;
  dayOrder: 'ymd' | 'dmy';
  digitsOf(field: WireField): number;
  /** Choices of a field by value, in the words of the screen. */
  choiceLabel(name: string, value: string): string;
  titles: Titles;
  yes: string;
  no: string;
}

export type CellRead = { value: Value; problem?: undefined } | { problem: string; value?: undefined };

/** What was typed or pasted into a cell, as the value of its field. Links are looked up elsewhere: their text is no value. */
export function readCell(text: string, name: string, field: WireField, setting: CellSetting): CellRead {
  const typed = text.trim();
  if (typed === '') return { value: null };
  if (isNumberField(field)) {
    const read = readNumber(typed, field, setting.digitsOf(field));
    return read.problem === undefined ? { value: read.value } : { problem: read.problem };
  }
  switch (field.kind) {
    case 'day': {
      const day = parseDay(typed, setting.today, setting.dayOrder);
      return day === null ? { problem: 'notADay' } : { value: day };
    }
    case 'flag':
      return { value: isYes(typed, setting.yes) };
    case 'choice': {
      const wanted = typed.toLowerCase();
      const found = field.choices.find(
        (choice) => String(choice).toLowerCase() === wanted || setting.choiceLabel(name, String(choice)).toLowerCase() === wanted,
      );
      return found === undefined ? { problem: 'notChosen' } : { value: String(found) };
    }
    case 'text':
      return typed.length > field.max ? { problem: 'tooLong' } : { value: typed };
    case 'note':
      return { value: text };
    default:
      return { problem: 'notChosen' };
  }
}

/** The cell as text that can be read back: for editing, and for a spreadsheet. */
export function plainCell(value: Value | undefined, name: string, field: WireField, setting: CellSetting): string {
  if (value === null || value === undefined || value === '') return '';
  if (field.kind === 'rate') return `${formatExact(Number(value), shapeOf(field, 0).digits, { trim: true })}%`;
  if (isNumberField(field)) return showNumber(Number(value), shapeOf(field, setting.digitsOf(field)), true);
  if (field.kind === 'flag') return value === true ? setting.yes : setting.no;
  if (field.kind === 'choice') return setting.choiceLabel(name, String(value));
  const [link] = linksOf({ field });
  if (link) return setting.titles[link[1].to]?.[Number(value)] ?? String(value);
  return String(value);
}

function isYes(text: string, yes: string): boolean {
  return ['1', 'y', 'yes', 'true', 'x', '√', '✓', '是', yes.toLowerCase()].includes(text.toLowerCase());
}
