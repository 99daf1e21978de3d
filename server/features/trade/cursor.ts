import { Refusal } from '../../../shared/kernel/refusal.ts';

/** Where a page ended, as text that the client hands back unread. */
export const cursorFrom = (values: readonly (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

/** Reads such a text: text and whole numbers as `shape` says. Refuses 'list.badCursor' for anything else. */
export function readCursor(text: string, shape: readonly ('text' | 'number')[]): (string | number)[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new Refusal('list.badCursor');
  }
  const fits =
    Array.isArray(values) &&
    values.length === shape.length &&
    shape.every((kind, index) => (kind === 'text' ? isPlainText(values[index]) : Number.isSafeInteger(values[index])));
  if (!fits) throw new Refusal('list.badCursor');
  return values as (string | number)[];
}

/** Text that every database keeps as it is. */
const isPlainText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
