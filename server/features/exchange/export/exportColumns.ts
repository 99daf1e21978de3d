import type { Titles } from '../../../../shared/contracts/wire.ts';
import { msOf } from '../../../../shared/kernel/days.ts';
import { type Definition, linksOf, type Value } from '../../../../shared/kernel/definition.ts';
import type { Field } from '../../../../shared/kernel/fields.ts';
import { digitsOf, formatExact } from '../../../../shared/kernel/numbers.ts';
import { domainWords } from '../../../../shared/language/domain/index.ts';
import { choiceName, fieldName, stateName } from '../../../../shared/language/labels.ts';
import type { Language } from '../../../../shared/language/languages.ts';
import { uiWords } from '../../../../shared/language/ui/index.ts';
import { isVisible } from '../../../access/trim.ts';
import { bookkeeping } from '../../../engine/list/fieldPlaces.ts';
import type { Work } from '../../../work.ts';
import type { CellToWrite, ColumnToWrite } from '../workbook/sheetToWrite.ts';

/** A column of the list on its way into a sheet. */
export interface ExportColumn {
  readonly path: string;
  readonly field: Field;
  readonly written: ColumnToWrite;
  /** The type and path its words are found by. */
  readonly words: { readonly type: string; readonly path: string };
}

export interface ColumnQuestion {
  readonly fields?: readonly string[] | undefined;
  /** What the person's list calls its columns. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly language: Language;
  readonly baseDigits: number;
}

/**
 * The columns to write: those asked for, else those the list shows to begin with. What does not exist or may not be seen
 * is left for the list to refuse.
 */
export function exportColumns(work: Work, definition: Definition, asked: ColumnQuestion): ExportColumn[] {
  const shown = Object.keys(definition.fields).filter((name) => definition.fields[name]?.list && isVisible(work.actor, definition, name));
  const paths = asked.fields ?? [...shown, ...(definition.states ? ['state'] : [])];
  return paths.flatMap((path): ExportColumn[] => {
    const found = fieldBehind(work, definition, path);
    if (!found) return [];
    const header = asked.headers?.[path] ?? headerFor(definition, path, found, asked.language);
    return [{ path, field: found.field, words: found.words, written: { header, ...shapeOf(found.field, asked.baseDigits) } }];
  });
}

interface Behind {
  readonly field: Field;
  readonly words: { readonly type: string; readonly path: string };
}

function fieldBehind(work: Work, definition: Definition, path: string): Behind | undefined {
  const [head = '', tail] = path.split('.');
  const own = Object.hasOwn(definition.fields, head) ? definition.fields[head] : bookkeeping(definition).get(head);
  if (!own) return undefined;
  if (tail === undefined) return { field: own, words: { type: definition.type, path: head } };
  const link = linksOf({ [head]: own })[0]?.[1];
  const target = link && work.company.catalogue.get(link.to);
  const field = target && Object.hasOwn(target.fields, tail) ? target.fields[tail] : undefined;
  return target && field ? { field, words: { type: target.type, path: tail } } : undefined;
}

function headerFor(definition: Definition, path: string, { words }: Behind, language: Language): string {
  const own = fieldName(domainWords[language], words.type, words.path);
  const [head = '', tail] = path.split('.');
  return tail === undefined ? own : `${fieldName(domainWords[language], definition.type, head)} ${own}`;
}

function shapeOf(field: Field, baseDigits: number): Omit<ColumnToWrite, 'header'> {
  switch (field.kind) {
    case 'money':
      return { kind: 'number', digits: baseDigits };
    case 'integer':
    case 'quantity':
    case 'price':
    case 'rate':
    case 'exchangeRate':
      return { kind: 'number' };
    case 'day':
      return { kind: 'day' };
    default:
      return { kind: 'text' };
  }
}

export interface CellSetting {
  readonly language: Language;
  readonly timeZone: string;
  readonly titles: Titles;
  /** Decimal digits of the money of this row. */
  readonly currencyDigits: number;
  readonly baseDigits: number;
}

/** The value as it stands in the sheet: numbers exact, links and choices by name, flags as words. */
export function cellOf({ field, words }: ExportColumn, value: Value | undefined, setting: CellSetting): CellToWrite {
  if (value === null || value === undefined) return null;
  switch (field.kind) {
    case 'money':
      return formatExact(Number(value), field.in === 'base' ? setting.baseDigits : setting.currencyDigits);
    case 'quantity':
    case 'price':
    case 'rate':
    case 'exchangeRate':
      return formatExact(Number(value), digitsOf(field.kind, setting.baseDigits), { trim: true });
    case 'integer':
      return String(value);
    case 'flag':
      return uiWords[setting.language].general[value ? 'yes' : 'no'];
    case 'choice':
      return choiceWord(words, String(value), setting.language);
    case 'link':
      return setting.titles[field.to]?.[Number(value)] ?? null;
    case 'dictionary':
      return setting.titles.dictionaryEntry?.[Number(value)] ?? null;
    case 'instant':
      return localTime(String(value), setting.timeZone);
    case 'file':
    case 'picture':
      return null;
    default:
      return String(value);
  }
}

function choiceWord({ type, path }: ExportColumn['words'], value: string, language: Language): string {
  const words = domainWords[language];
  return path === 'state' ? stateName(words, type, value) : choiceName(words, type, path, value);
}

// The Swedish way of writing a moment is 2026-11-21 08:30:00.
const localTime = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(msOf(instant));
