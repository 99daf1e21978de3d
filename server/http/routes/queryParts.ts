import { z } from 'zod';
import { type Day, isDay } from '../../../shared/kernel/days.ts';

/** Pieces of query strings: everything comes as text and leaves as what it means. */
export const idPart = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

export const idsPart = z
  .string()
  .regex(/^[1-9]\d{0,15}(,[1-9]\d{0,15}){0,499}$/)
  .transform((text) => [...new Set(text.split(',').map(Number))])
  .refine((ids) => ids.every(Number.isSafeInteger));

/** `customer:12,currency:1`: fields and the records they name. */
export const samePart = z
  .string()
  .regex(/^[a-z]\w{0,59}:[1-9]\d{0,15}(,[a-z]\w{0,59}:[1-9]\d{0,15}){0,9}$/i)
  .transform((text) => Object.fromEntries(text.split(',').map((piece) => [piece.split(':')[0] ?? '', Number(piece.split(':')[1])])))
  .refine((same) => Object.values(same).every(Number.isSafeInteger));

export const dayPart = z
  .string()
  .refine(isDay)
  .transform((text): Day => text);

export const limitPart = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 500);

export const flagPart = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

/** Words to search for, and cursors: text that a database can hold. */
export const textPart = z.string().max(200).refine(isPlain);
export const cursorPart = z
  .string()
  .max(1000)
  .regex(/^[\w-]*$/);

/** Text that every database keeps as it is. */
export function isPlain(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
