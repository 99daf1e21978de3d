import { Refusal } from './refusal.ts';

/** A day of the calendar, 'YYYY-MM-DD', from 1900 to 2199, without any time zone. */
export type Day = string & { readonly __day?: true };
/** A moment as UTC ISO text with milliseconds: '2026-11-21T08:30:00.000Z'. */
export type Instant = string & { readonly __instant?: true };

const YEAR_MIN = 1900;
const YEAR_MAX = 2199;
const DAY_MS = 86_400_000;

/** Whether the text is a day that exists, within the years this product knows. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, date] = partsOf(text);
  return dayFrom(year, month, date) === text;
}

/** Refuses 'day.outOfRange' beyond the years 1900 to 2199. */
export function addDays(day: Day, days: number): Day {
  const result = withinRange(ordinalOf(day) + days);
  if (result === null) throw new Refusal('day.outOfRange', { day, days });
  return result;
}

/** The same date some months on, or the last of the month where that date does not exist. Refuses 'day.outOfRange'. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = partsOf(day);
  const index = year * 12 + (month - 1) + months;
  const [targetYear, targetMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const result = dayFrom(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth)));
  if (result === null) throw new Refusal('day.outOfRange', { day, months });
  return result;
}

/** Days from the first to the second: negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return ordinalOf(to) - ordinalOf(from);
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

export function endOfMonth(day: Day): Day {
  const [year, month] = partsOf(day);
  return `${day.slice(0, 8)}${daysInMonth(year, month)}`;
}

/** The month of a day, 'YYYY-MM'. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** ISO day of the week: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return ((((ordinalOf(day) + 3) % 7) + 7) % 7) + 1;
}

/** When payment falls due: so many days on, counted from the end of the month where terms say so (月结30天). */
export function dueDay(day: Day, terms: { days: number; monthEnd: boolean }): Day {
  return addDays(terms.monthEnd ? endOfMonth(day) : day, terms.days);
}

/** The day on the calendar of a time zone ('Asia/Shanghai') at a moment. */
export function dayOf(instant: Instant, timeZone: string): Day {
  // Days begin on whole minutes, and the same minute is asked about by every request.
  const minute = Math.floor(msOf(instant) / 60_000);
  const last = lastDays.get(timeZone);
  if (last?.minute === minute) return last.day;
  const parts = formatterOf(timeZone).formatToParts(msOf(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  lastDays.set(timeZone, { minute, day });
  return day;
}

const lastDays = new Map<string, { minute: number; day: Day }>();

/** The time on the clocks of a time zone at a moment: 'HH:MM:SS'. */
export const clockTimeOf = (instant: Instant, timeZone: string): string => clockFormats(timeZone).time.format(msOf(instant));

/** How far the clocks of a time zone are ahead of UTC at a moment: '+0800', '-0330'. */
export function offsetOf(instant: Instant, timeZone: string): string {
  const parts = clockFormats(timeZone).offset.formatToParts(msOf(instant));
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '').slice(0, 5);
}

/** The moment at which a day begins on the clocks of a time zone. */
export function startOfDay(day: Day, timeZone: string): Instant {
  const midnightUtc = `${day}T00:00:00.000Z`;
  // The clocks may have been put forward between midnight in UTC and the one that is meant.
  const near = instantOf(msOf(midnightUtc) - aheadMs(midnightUtc, timeZone));
  return instantOf(msOf(midnightUtc) - aheadMs(near, timeZone));
}

function aheadMs(instant: Instant, timeZone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})$/.exec(offsetOf(instant, timeZone)) ?? [];
  return (sign === '-' ? -60_000 : 60_000) * (Number(hours) * 60 + Number(minutes));
}

interface ClockFormats {
  readonly time: Intl.DateTimeFormat;
  readonly offset: Intl.DateTimeFormat;
}
const knownClocks = new Map<string, ClockFormats>();

// Making a format costs a hundred times more than using it.
function clockFormats(timeZone: string): ClockFormats {
  const known = knownClocks.get(timeZone);
  if (known) return known;
  const clock = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const made = {
    time: new Intl.DateTimeFormat('en-GB', { timeZone, ...clock }),
    offset: new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }),
  };
  knownClocks.set(timeZone, made);
  return made;
}

/** The moment so many milliseconds after 1970-01-01 UTC. */
export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** Milliseconds since 1970-01-01 UTC. */
export function msOf(instant: Instant): number {
  const ms = readMoment(instant);
  if (ms === null) throw new RangeError('not an instant');
  return ms;
}

/** The same of a text that comes from elsewhere, as an instant or as the head of an answer says it; null when it is no moment. */
export function readMoment(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** The order in which a person types the parts of a day when the year does not come first. */
export type DayOrder = 'ymd' | 'mdy' | 'dmy';

/**
 * A day as people type it, or null: 't' or '.' today, '+3' and '-3' from today, '5' the 5th of this month, '0315' and
 * '3-15' in this year, '260315', '20260315', '2026-3-15', '2026/3/15', '2026.3.15', '2026年3月15日'. Where no year
 * leads, 'dmy' puts the day before the month.
 */
export function parseDay(text: string, today: Day, order: DayOrder = 'ymd'): Day | null {
  if (text.length > 40) return null;
  const typed = text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  if (typed === 't' || typed === '.') return today;
  const offset = /^[+-]\d{1,4}$/.test(typed) ? Number(typed) : null;
  if (offset !== null) return withinRange(ordinalOf(today) + offset);
  const year = today.slice(0, 4);
  const numbers = /^\d+$/.test(typed) ? splitRun(typed, today, order) : splitMarked(typed, year, order);
  return numbers === null ? null : dayFrom(...numbers);
}

/** The whole days of an Excel serial number; null for 29 February 1900, which Excel counts though it never was. */
export function dayFromExcelSerial(serial: number, date1904 = false): Day | null {
  const days = Math.floor(serial);
  if (!Number.isSafeInteger(days)) return null;
  if (date1904) return days < 0 ? null : withinRange(ordinalOf('1904-01-01') + days);
  if (days < 1 || days === 60) return null;
  return withinRange(ordinalOf('1899-12-31') + (days < 60 ? days : days - 1));
}

type YearMonthDate = [year: number, month: number, date: number];

/** Digits without any mark: how many there are says what they mean. */
function splitRun(typed: string, today: Day, order: DayOrder): YearMonthDate | null {
  const [year, month] = partsOf(today);
  const pair = (at: number) => Number(typed.slice(at, at + 2));
  if (typed.length <= 2) return [year, month, Number(typed)];
  if (typed.length === 4) return order === 'dmy' ? [year, pair(2), pair(0)] : [year, pair(0), pair(2)];
  if (typed.length === 6 && order === 'ymd') return [Math.floor(year / 100) * 100 + pair(0), pair(2), pair(4)];
  if (typed.length === 8) return [Number(typed.slice(0, 4)), pair(4), pair(6)];
  return null;
}

function splitMarked(typed: string, year: string, order: DayOrder): YearMonthDate | null {
  const match = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号號]?$/.exec(typed) ?? /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(typed);
  if (match !== null) {
    const [leading = year, ...rest] = match.slice(1).filter((part) => !/^[-/.]$/.test(part ?? ''));
    return [Number(leading), Number(rest[0]), Number(rest[1])];
  }
  const [, first, , second, , trailing = year] = /^(\d{1,2})([-/.])(\d{1,2})(\2(\d{4}))?$/.exec(typed) ?? [];
  if (first === undefined || (order === 'ymd' && trailing !== year)) return null;
  const [month, date] = order === 'dmy' ? [second, first] : [first, second];
  return [Number(trailing), Number(month), Number(date)];
}

/** The day of these parts, or null when the calendar has no such day. */
function dayFrom(year: number, month: number, date: number): Day | null {
  if (!(year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12)) return null;
  if (!(date >= 1 && date <= daysInMonth(year, month))) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function partsOf(day: Day): YearMonthDate {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Days since 1970-01-01. */
function ordinalOf(day: Day): number {
  const [year, month, date] = partsOf(day);
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

function withinRange(ordinal: number): Day | null {
  const isKnown = ordinal >= ordinalOf('1900-01-01') && ordinal <= ordinalOf('2199-12-31');
  return isKnown ? new Date(ordinal * DAY_MS).toISOString().slice(0, 10) : null;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
