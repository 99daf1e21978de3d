import type { Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { rowsOf } from '../database/rows.ts';
import { failpoint } from '../failpoints.ts';
import type { Work } from '../work.ts';
import { settingOf } from './settings.ts';

/**
 * Draws the next number of a definition's series (the company's own rule, else the definition's) for a day, in the
 * caller's transaction: a rolled back draw leaves no hole. `{yyyy} {yy} {mm} {dd}` stand for the day, `{branch}` for the
 * code of the actor's department or of the nearest above that has one, `{serial:4}` for the running number, which starts again
 * when anything before it changes.
 */
export async function drawNumber(work: Work, definition: Definition, day: string): Promise<string> {
  const pattern = await seriesOf(work, definition);
  const { period, serialDigits, write } = readSeries(pattern, day, await branchCode(work, pattern));
  const [row] = await rowsOf(work.tx, drawing, [definition.type, period]);
  const serial = Number(row?.last);
  failpoint('between-number-and-commit');
  if (String(serial).length > Math.max(serialDigits, 9)) throw new Refusal('number.seriesFull', { series: pattern });
  return write(serial);
}

const drawing =
  'insert into "number_series" ("series", "period", "last") values (?, ?, 1) ' +
  'on conflict ("series", "period") do update set "last" = "number_series"."last" + 1 returning "last"';

export async function seriesOf(work: Work, definition: Definition): Promise<string> {
  const own = await settingOf(work, `numbering.${definition.type}`);
  return typeof own === 'string' ? own : (definition.numbering?.series ?? '{serial:6}');
}

/** Refuses 'number.badSeries' when a rule has no serial, unknown words or is too long. */
export function checkSeries(pattern: string): void {
  const words = [...pattern.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const isKnown = (word: string): boolean => ['yyyy', 'yy', 'mm', 'dd', 'branch'].includes(word) || /^serial:[1-9]$/.test(word);
  const hasSerial = words.filter((word) => word.startsWith('serial')).length === 1;
  if (pattern.length > 60 || !hasSerial || !words.every(isKnown) || !/^[\p{L}\p{N}{}:\-_/.]+$/u.test(pattern)) {
    throw new Refusal('number.badSeries', { series: pattern });
  }
}

export interface Series {
  period: string;
  serialDigits: number;
  write: (serial: number) => string;
}

/** A rule laid out for a day: what the serial counts within, and how a number is written. */
export function readSeries(pattern: string, day: string, branch: string): Series {
  const [yyyy = '', mm = '', dd = ''] = day.split('-');
  const dated = pattern
    .replace('{yyyy}', yyyy)
    .replace('{yy}', yyyy.slice(2))
    .replace('{mm}', mm)
    .replace('{dd}', dd)
    .replace('{branch}', branch);
  const serialDigits = Number(/\{serial:(\d)\}/.exec(dated)?.[1] ?? 4);
  return {
    period: dated.replace(/\{serial:\d\}/, '#'),
    serialDigits,
    write: (serial) => dated.replace(/\{serial:\d\}/, String(serial).padStart(serialDigits, '0')),
  };
}

async function branchCode(work: Work, pattern: string): Promise<string> {
  if (!pattern.includes('{branch}')) return '';
  const path = work.actor.departmentPath;
  const rows = (await work
    .tx('departments')
    .whereIn('id', [...path])
    .select('id', 'code')) as { id: number; code: string | null }[];
  const codes = path.map((id) => rows.find((row) => row.id === id)?.code);
  return codes.find(Boolean) ?? '';
}
