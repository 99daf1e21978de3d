import { dayFromExcelSerial, daysBetween, isDay } from '../../../../shared/kernel/days.ts';
import type { CellValue } from './cells.ts';

/**
 * The day behind Excel's serial number; a time of day is dropped. Serial 60 of the 1900 system is a day that never was (Excel believes that
 * 1900 was a leap year) and gives an error, as does everything outside the calendar, which Excel shows as a row of hashes.
 */
export function dayCell(serial: number, date1904: boolean): CellValue {
  const days = Math.floor(serial);
  const known = date1904 ? cellsFrom1904 : cellsFrom1900;
  const cell = known.get(days) ?? dayCellAnew(days, date1904);
  if (cell.kind === 'day') known.set(days, cell);
  return cell;
}

/** Excel's serial number of a day, in the 1900 system; null for text that is not a day. */
export function serialOf(day: string): number | null {
  if (!isDay(day)) return null;
  return day < '1900-03-01' ? daysBetween('1900-01-01', day) + 1 : daysBetween('1900-03-01', day) + 61;
}

/** Whether a number format shows a day: it has a year, a day, or a month that is not the minutes of a time. */
export function showsDay(format: string): boolean {
  const positive = format.split(';', 1)[0] ?? '';
  const letters = positive.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[yd]/.test(letters) || (letters.includes('m') && !/[hs]/.test(letters) && !/\[[hm]+\]/i.test(positive));
}

/** Excel's built-in formats that show a day, the East Asian ones included (ECMA-376 part 1, 18.8.30). */
export function isBuiltInDay(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58;
}

// A sheet of orders names few days many times. The calendar bounds what is kept.
const cellsFrom1900 = new Map<number, CellValue>();
const cellsFrom1904 = new Map<number, CellValue>();

function dayCellAnew(days: number, date1904: boolean): CellValue {
  const day = dayFromExcelSerial(days, date1904);
  if (day !== null) return { kind: 'day', day };
  return { kind: 'error', error: !date1904 && days === 60 ? '1900-02-29' : '########' };
}
