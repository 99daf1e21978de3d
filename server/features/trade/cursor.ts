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
    shape.every((kind, index) => (kind === 'text' ? typeof values[index] === 'string' : Number.isSafeInteger(values[index])));
  if (!fits) throw new Refusal('list.badCursor');
  return values as (string | number)[];
}
